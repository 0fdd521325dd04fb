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

  /* What is being fetched says so once that takes long enough to be noticed; what failed says so, and stays. */
  var waits = new WeakMap();
  function settled(target) {
    clearTimeout(waits.get(target));
    target.removeAttribute("aria-busy");
  }
  document.addEventListener("htmx:beforeRequest", function (event) {
    var target = event.detail.target;
    waits.set(target, setTimeout(function () { target.setAttribute("aria-busy", "true"); }, 300));
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    settled(event.detail.target);
    var told = document.getElementById("unfetched");
    /* Another part that comes in says nothing of the one that did not. */
    if (told && event.detail.successful && told.dataset.part === event.detail.target.id) { told.remove(); }
  });
  function tellFailure(event) {
    settled(event.detail.target);
    if (document.getElementById("unfetched")) { return; }
    var note = document.createElement("div");
    note.id = "unfetched";
    note.dataset.part = event.detail.target.id;
    note.className = "note blm told";
    note.setAttribute("role", "alert");
    note.textContent = "This part could not be fetched, and stays as it was. Load the page again to try once more.";
    document.getElementById("main").prepend(note);
  }
  document.addEventListener("htmx:responseError", tellFailure);
  document.addEventListener("htmx:sendError", tellFailure);

  /* A drawer that was fetched opens by itself, and gives the focus back to what opened it. */
  document.addEventListener("htmx:afterSwap", function (event) {
    var drawer = event.detail.target.querySelector("dialog.dr");
    if (drawer && !drawer.open) {
      var opener = event.detail.requestConfig && event.detail.requestConfig.elt;
      drawer.addEventListener("close", function () { if (opener) { opener.focus(); } });
      drawer.showModal();
    }
  });

  /* A slider says where it stands while it is moved; what follows from that comes once it is let go. */
  document.addEventListener("input", function (event) {
    var shown = event.target.dataset && event.target.dataset.shows && document.getElementById(event.target.dataset.shows);
    if (shown) { shown.textContent = "£" + event.target.value + (Number(event.target.value) ? "k" : ""); }
  });

  nameToggle();
})();
