import LanyardTexts

extension LaneView {
  /// The most choices that are shown at a time.
  private static let choiceLimit = 10

  /// The rows that a prompt takes where there is room: its frame, label, input, hint and choices.
  func promptHeight(_ prompt: Prompt) -> Int {
    (prompt.hint.isEmpty ? 3 : 4) + min(prompt.choices.count, Self.choiceLimit)
      + (prompt.total > Self.choiceLimit ? 1 : 0)
  }

  /// The question, what was typed, and the choices around the chosen one.
  func promptRows(_ canvas: Canvas, _ prompt: Prompt, height: Int) -> [String] {
    // What explains the keys stays, whatever else has no room.
    let hint = hintRows(canvas, prompt.hint)
    // Where somebody can be chosen, one of them is seen before the hint, and that before what was typed and the label.
    let spared = prompt.choices.isEmpty ? height : height - 1
    let hints = prompt.choices.isEmpty ? hint : Array(hint.prefix(max(0, spared)))
    let above = [line(canvas, " " + prompt.label, .bar), inputRow(canvas, prompt)]
    let question = (prompt.choices.isEmpty ? above : above.suffix(max(0, spared - hints.count))) + hints
    let choices = choiceRows(canvas, prompt, height: height - question.count)
    let spare = height - question.count - choices.count
    let rows = question + (spare > 0 ? [canvas.blank] : []) + choices
    return Array(rows.prefix(height))
  }

  private func hintRows(_ canvas: Canvas, _ hint: String) -> [String] {
    TextWidth.wrapped(ShownText.neutral(hint), to: canvas.width - 2).prefix(2).map { line(canvas, "  " + $0, .faint) }
  }

  private func inputRow(_ canvas: Canvas, _ prompt: Prompt) -> String {
    var row = canvas.row
    row.add(" > ", .bold)
    row.add(TextWidth.tail(ShownText.neutral(prompt.text), to: row.free - 2), .bold)
    row.add(canvas.colour ? " " : "_", ScreenStyle(parameters: "7"))
    return row.finished()
  }

  /// The choices around the chosen one, and below how many follow.
  private func choiceRows(_ canvas: Canvas, _ prompt: Prompt, height: Int) -> [String] {
    let isCut = prompt.total > min(prompt.choices.count, Self.choiceLimit, height) && height > 1
    let count = min(prompt.choices.count, Self.choiceLimit, max(0, height - (isCut ? 1 : 0)))
    let chosen = prompt.chosen ?? 0
    let first = max(0, min(chosen - count / 2, prompt.choices.count - count))
    let rows = (first..<first + count).map { position in
      let isChosen = position == prompt.chosen
      let style = isChosen ? ScreenStyle(parameters: "1;7") : .plain
      var row = canvas.row
      row.add(isChosen ? " ▶ " : "   ", style)
      let parts = prompt.parts.indices.contains(position) ? prompt.parts[position] : []
      row.add(parts.isEmpty ? prompt.choices[position] : ChoicePart.line(of: parts, to: row.free), style)
      return row.finished(style)
    }
    let more = prompt.total - first - count
    guard isCut, more > 0 else { return rows }
    return rows + [line(canvas, "   " + phrasebook.text(Sentence(.promptMore, ["more": .count(more)])), .faint)]
  }

  private func line(_ canvas: Canvas, _ text: String, _ style: ScreenStyle) -> String {
    var row = canvas.row
    row.add(text, style)
    return row.finished(style)
  }
}
