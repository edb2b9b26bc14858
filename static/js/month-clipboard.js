// Blocks of codes from and to a spreadsheet, as text with tabs: the letters, with a question mark where provisional.
(() => {
  "use strict";

  const { NOT_SURE } = window.cistor;
  const written = (text) => text.replace(NOT_SURE, "").replace(/\s/g, "").toLocaleUpperCase("pl");
  const read = (text) => {
    const lines = text.replace(/\r/g, "").replace(/\n$/, "").split("\n");
    return lines.map((line) => line.split("\t").map((one) => one.trim()));
  };

  const useClipboard = (board, { isEditable, isInside, block, last, put, refuse, say }) => {
    document.addEventListener("copy", (event) => {
      if (!isInside()) return;
      const rows = block().map((cells) => cells.map((cell) => board.lettersOf(cell)).join("\t"));
      event.clipboardData.setData("text/plain", rows.join("\n"));
      event.preventDefault();
      say(`Skopiowano pola: ${block().flat().length}`);
    });
    document.addEventListener("paste", (event) => {
      if (!isInside() || !isEditable) return;
      event.preventDefault();
      const text = event.clipboardData.getData("text/plain");
      // An empty clipboard, or a picture in it, is not the wish to unmark.
      if (text.trim()) paste(read(text));
    });

    const paste = (texts) => {
      const pairs = target(texts).filter(([cell]) => board.isOpen(cell));
      const wrong = pairs.find(([, text]) => text && !board.isKnown((code) => written(code.letters) === written(text)));
      refuse(wrong ? `Nie wklejono: „${wrong[1]}” (${board.title(wrong[0])}) nie jest oznaczeniem.` : "");
      if (!wrong) put(pairs.map(([cell, text]) => [cell, valueFor(cell, text)]).filter(([, value]) => value !== null));
    };
    // One value fills the block; more lie from its first cell on, as far as the grid reaches.
    const target = (texts) => {
      if (texts.length === 1 && texts[0].length === 1) return block().flat().map((cell) => [cell, texts[0][0]]);
      const { row, column } = board.placeOf(block()[0][0]);
      return texts
        .flatMap((line, i) => line.map((text, j) => [{ row: row + i, column: column + j }, text]))
        .filter(([spot]) => spot.row <= last().row && spot.column <= last().column)
        .map(([spot, text]) => [board.cellAt(spot), text]);
    };
    // A code that the day does not have is left out like a day that may not be marked.
    const valueFor = (cell, text) => {
      if (!text) return "";
      const code = board.codesOf(cell).find((one) => written(one.letters) === written(text));
      return code ? `${code.meaning}${text.endsWith(NOT_SURE) ? NOT_SURE : ""}` : null;
    };
  };

  Object.assign(window.cistor, { useClipboard });
})();
