/// How deep values lie in one another: a file of a stranger that nests brackets a thousand times would end the stack of the
/// thread that reads it, so the text is looked at before.
enum YAMLDepth {
  /// The most brackets that are open at once.
  private static let bracketLimit = 40
  /// The furthest column in which what a line says begins: each level of lists and keys takes one.
  private static let columnLimit = 120

  /// The line of what lies deeper than anything that somebody writes; nil where nothing does. Brackets within quotes count too.
  static func firstTooDeep(_ yaml: String) -> Int? {
    var (line, column, open) = (1, 0, 0)
    /// Whether all that came before on the line were spaces and the marks of lists and keys.
    var isIndent = true
    for byte in yaml.utf8 {
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        line += byte == UInt8(ascii: "\n") ? 1 : 0
        (column, isIndent) = (0, true)
        continue
      case UInt8(ascii: "["), UInt8(ascii: "{"): open += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): open = max(0, open - 1)
      default: break
      }
      let isMark = [UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":")].contains(byte)
      let isBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
      column += 1
      if isIndent && !isBlank {
        if column > columnLimit { return line }
        isIndent = isMark
      }
      if open > bracketLimit { return line }
    }
    return nil
  }
}
