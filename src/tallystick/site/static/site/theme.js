/* Sets the theme before the page is drawn, so that it does not blink. */
(function () {
  "use strict";
  var root = document.documentElement, saved = null;
  try { saved = localStorage.getItem("tallystick-theme"); } catch (none) { saved = null; }
  var dark = saved ? saved === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.setAttribute("data-bs-theme", dark ? "dark" : "light");
})();
