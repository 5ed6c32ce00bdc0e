// The grid of values with the keys of a spreadsheet: Enter and arrows move, a pasted block fills
// cells. Everything works without this file; nothing here is stored.
(function () {
  "use strict";

  var form = document.getElementById("grid_form");
  if (!form) {
    return;
  }
  var rows = Array.prototype.map.call(form.querySelectorAll("tbody tr"), function (row) {
    return Array.prototype.map.call(row.querySelectorAll("td"), function (cell) {
      return cell.querySelector("input");
    });
  });
  var status = form.querySelector(".grid-status");
  var sending = false;

  function boxes() {
    return form.querySelectorAll("td input");
  }

  function placeOf(box) {
    for (var row = 0; row < rows.length; row += 1) {
      var column = rows[row].indexOf(box);
      if (column !== -1) {
        return { row: row, column: column };
      }
    }
    return null;
  }

  // The next box in a direction, past cells that hold none.
  function next(place, down, right) {
    var row = place.row + down;
    var column = place.column + right;
    while (rows[row] && column >= 0 && column < rows[row].length) {
      if (rows[row][column]) {
        return rows[row][column];
      }
      row += down;
      column += right;
    }
    return null;
  }

  function mark(box) {
    box.toggleAttribute("data-changed", box.value.trim() !== box.dataset.was);
  }

  function countChanges() {
    return form.querySelectorAll("input[data-changed]").length;
  }

  function tell(outside) {
    var parts = [];
    if (countChanges()) {
      parts.push(status.dataset.changed.replace("%s", countChanges()));
    }
    if (outside) {
      parts.push(status.dataset.outside.replace("%s", outside));
    }
    status.textContent = parts.join(". ");
  }

  function isAtEdge(box, key) {
    var all = box.selectionStart === 0 && box.selectionEnd === box.value.length;
    var caret = box.selectionStart === box.selectionEnd ? box.selectionStart : -1;
    return all || caret === (key === "ArrowLeft" ? 0 : box.value.length);
  }

  function move(event) {
    var steps = { Enter: [event.shiftKey ? -1 : 1, 0], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
    steps.ArrowLeft = [0, -1];
    steps.ArrowRight = [0, 1];
    var step = steps[event.key];
    var box = event.target;
    if (!step || !box.matches("td input") || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    if (event.isComposing || (step[1] && (event.shiftKey || !isAtEdge(box, event.key)))) {
      return;
    }
    var target = next(placeOf(box), step[0], step[1]);
    event.preventDefault(); // Enter must not send the form from within a cell
    if (target) {
      target.focus();
      target.select();
    }
  }

  // A block from a spreadsheet: rows end in line breaks, cells are parted by tabs.
  function paste(event) {
    var box = event.target;
    var text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    if (!box.matches("td input") || !/[\t\r\n]/.test(text)) {
      return;
    }
    event.preventDefault();
    var place = placeOf(box);
    var outside = 0;
    var lines = text.replace(/(\r\n|\r|\n)$/, "").split(/\r\n|\r|\n/);
    lines.forEach(function (line, down) {
      line.split("\t").forEach(function (value, right) {
        var target = (rows[place.row + down] || [])[place.column + right];
        if (target && value.trim()) {
          target.value = value.trim();
          mark(target);
        } else if (value.trim()) {
          outside += 1;
        }
      });
    });
    tell(outside);
  }

  form.addEventListener("keydown", move);
  form.addEventListener("paste", paste);
  form.addEventListener("input", function (event) {
    if (event.target.matches("td input")) {
      mark(event.target);
      tell(0);
    }
  });
  form.addEventListener("submit", function () {
    sending = true;
  });
  window.addEventListener("pageshow", function () {
    sending = false;
    boxes().forEach(mark); // a browser that goes back keeps what was written
    tell(0);
  });
  window.addEventListener("beforeunload", function (event) {
    if (!sending && countChanges()) {
      event.preventDefault();
    }
  });
})();
