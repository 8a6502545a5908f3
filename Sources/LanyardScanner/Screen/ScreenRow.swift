/// How a piece of a row looks: select graphic rendition (ECMA-48, 8.3.117) without its frame.
struct ScreenStyle: Hashable, Sendable {
  /// The parameters, empty for the terminal's own looks.
  let parameters: String

  static let plain = ScreenStyle(parameters: "")
  static let bold = ScreenStyle(parameters: "1")
  static let faint = ScreenStyle(parameters: "2")
  /// Title and keys.
  static let bar = band(text: 255, ground: 236)
  /// What must not be overlooked: attention and rehearsal.
  static let warning = band(text: 16, ground: 226)
  /// What is wrong with the lane itself.
  static let alarm = band(text: 231, ground: 160)

  /// Bold text on a ground, both of the palette of 256 colours.
  static func band(text: Int, ground: Int) -> ScreenStyle {
    ScreenStyle(parameters: "1;38;5;\(text);48;5;\(ground)")
  }
}

/// A row of the screen, put together from left to right; whatever text comes, it takes exactly its columns.
struct ScreenRow {
  private let width: Int
  private let colour: Bool
  private var columns = 0
  private var text = ""

  init(width: Int, colour: Bool) {
    self.width = width
    self.colour = colour
  }

  /// The columns that are still free.
  var free: Int { width - columns }

  /// Adds a text, cut where the row ends or after `limit` columns; `filling` pads it up to `limit`.
  mutating func add(_ added: String, _ style: ScreenStyle = .plain, limit: Int = .max, filling: Bool = false) {
    let room = min(free, limit)
    guard room > 0 else { return }
    let shown = TextWidth.cut(ShownText.neutral(added), to: room)
    let padding = filling ? room - TextWidth.columns(of: shown) : 0
    append(ShownText.isolated(shown) + String(repeating: " ", count: padding), style)
    columns += TextWidth.columns(of: shown) + padding
  }

  /// Adds blanks until only so many columns are free.
  mutating func pad(leaving rest: Int = 0, _ style: ScreenStyle = .plain) {
    guard free > rest else { return }
    append(String(repeating: " ", count: free - rest), style)
    columns = width - rest
  }

  /// The row as a terminal takes it, filled to its width.
  func finished(_ style: ScreenStyle = .plain) -> String {
    var row = self
    row.pad(style)
    return row.text
  }

  private mutating func append(_ piece: String, _ style: ScreenStyle) {
    text += colour && !style.parameters.isEmpty ? "\u{1B}[\(style.parameters)m\(piece)\u{1B}[0m" : piece
  }
}
