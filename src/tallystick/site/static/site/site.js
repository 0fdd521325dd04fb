/* Theme, menu, search by "/", drawers. No framework, no inline handlers: the content policy allows none. */
(function () {
  "use strict";
  var root = document.documentElement;

  function isDark() { return root.getAttribute("data-bs-theme") === "dark"; }
  function nameToggle() {
    document.querySelectorAll("[data-theme-toggle]").forEach(function (button) {
      button.setAttribute("aria-label", isDark() ? "Use light theme" : "Use dark theme");
    });
  }

  document.addEventListener("click", function (event) {
    var theme = event.target.closest("[data-theme-toggle]");
    if (theme) {
      root.setAttribute("data-bs-theme", isDark() ? "light" : "dark");
      try { localStorage.setItem("tallystick-theme", isDark() ? "dark" : "light"); } catch (none) { /* not kept */ }
      nameToggle();
    }
    var menu = event.target.closest("[data-menu]");
    if (menu) {
      var open = document.querySelector(".ts-top").classList.toggle("open");
      menu.setAttribute("aria-expanded", String(open));
    }
    var opener = event.target.closest("[data-drawer]");
    if (opener) { document.getElementById(opener.dataset.drawer).showModal(); }
    var closer = event.target.closest("[data-close]");
    if (closer) { closer.closest("dialog").close(); }
  });

  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    var search = document.getElementById("q");
    if (event.key === "/" && !typing && search) { event.preventDefault(); search.focus(); }
  });

  /* A drawer that was fetched opens by itself. */
  document.addEventListener("htmx:afterSwap", function (event) {
    var drawer = event.detail.target.querySelector("dialog.dr");
    if (drawer && !drawer.open) { drawer.showModal(); }
  });

  nameToggle();
})();
