/* Says in the page why a passkey was not taken; without it only the browser's console would know. */
(function () {
  "use strict";
  document.addEventListener("allauth.error", function (event) {
    var place = document.getElementById("passkey-refusal");
    if (!place) { return; }
    event.preventDefault();
    var cause = event.detail.exception && event.detail.exception.name;
    place.textContent = cause === "NotAllowedError"
      ? "No passkey was chosen, or it took too long. Try again, or use another way."
      : "The browser could not use a passkey here. Use another way.";
    place.hidden = false;
  });
})();
