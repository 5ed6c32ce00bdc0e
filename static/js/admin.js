// Give the search boxes of the administration (select2) the name of their field: they replace a
// labelled <select> with elements of their own, which a screen reader would announce without a name.
(function () {
  "use strict";

  function nameParts(box, labelId) {
    var combobox = box.querySelector(".select2-selection");
    var shown = box.querySelector(".select2-selection__rendered");
    var search = combobox.querySelector(".select2-search__field");
    var clear = shown.querySelector(".select2-selection__clear");
    combobox.setAttribute("aria-labelledby", (labelId + " " + shown.id).trim());
    if (shown.getAttribute("role") === "textbox") {
      shown.setAttribute("aria-labelledby", labelId);
    }
    if (search) {
      search.setAttribute("aria-labelledby", labelId);
    }
    if (clear && shown.tagName === "UL") {
      clear.setAttribute("role", "listitem");
    }
  }

  function nameBox(select) {
    var label = document.querySelector('label[for="' + select.id + '"]');
    var box = select.parentElement.querySelector(".select2-container");
    if (!label || !box || box.dataset.named) {
      return;
    }
    box.dataset.named = "yes";
    label.id = label.id || select.id + "_label";
    nameParts(box, label.id);
    // A choice makes select2 draw the inside of the box anew.
    new MutationObserver(function () {
      nameParts(box, label.id);
    }).observe(box, { childList: true, subtree: true });
  }

  function nameBoxes() {
    document.querySelectorAll("select.admin-autocomplete").forEach(nameBox);
  }

  // The boxes are made by a handler that jQuery was given before this one.
  if (window.django && window.django.jQuery) {
    window.django.jQuery(nameBoxes);
  }
  document.addEventListener("formset:added", function () {
    window.setTimeout(nameBoxes, 0);
  });
})();
