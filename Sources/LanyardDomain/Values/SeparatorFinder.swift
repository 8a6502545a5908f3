/// Finds what separates the fields of a CSV text, from its first line: what a line such as `sep=;` says, else the one of
/// comma, semicolon and tab that stands there most often outside of quotes.
struct SeparatorFinder: Sendable {
  static let comma = UInt8(ascii: ",")

  /// What was found.
  struct Finding: Sendable {
    let separator: UInt8
    /// What is to be read with it: all that came, without the line that only says what the separator is.
    let text: [UInt8]
    /// The last byte of such a line; nil where there was none.
    let endOfSaying: UInt8?
  }

  private var held: [UInt8] = []
  private var lineStart = 0
  private var isInQuotes = false
  private var hasText = false
  private var commas = 0
  private var semicolons = 0
  private var tabs = 0

  /// - Returns: Nil while more is needed.
  mutating func take(_ byte: UInt8) -> Finding? {
    held.append(byte)
    if (byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")) && !isInQuotes {
      if hasText { return found() }
      lineStart = held.count
      return nil
    }
    if byte != UInt8(ascii: " ") { hasText = true }
    switch byte {
    case UInt8(ascii: "\""): isInQuotes.toggle()
    case Self.comma where !isInQuotes: commas += 1
    case UInt8(ascii: ";") where !isInQuotes: semicolons += 1
    case UInt8(ascii: "\t") where !isInQuotes: tabs += 1
    default: break
    }
    return held.count >= CSVReader.byteLimit ? found() : nil
  }

  /// What is found where nothing more comes.
  func found() -> Finding {
    if let separator = said() { return Finding(separator: separator, text: [], endOfSaying: held.last) }
    let most = max(commas, semicolons, tabs)
    let separator = most == commas ? Self.comma : UInt8(ascii: most == semicolons ? ";" : "\t")
    return Finding(separator: separator, text: held, endOfSaying: nil)
  }

  /// What a line `sep=;` says, in quotes or not; nil where it is another line.
  private func said() -> UInt8? {
    var line = held[lineStart...]
    while let last = line.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { line.removeLast() }
    if line.first == UInt8(ascii: "\""), line.last == UInt8(ascii: "\""), line.count > 1 {
      line = line.dropFirst().dropLast()
    }
    guard line.count == 5, String(decoding: line.prefix(4), as: UTF8.self).lowercased() == "sep=",
      let separator = line.last, separator < 0x80, separator != UInt8(ascii: "\"")
    else { return nil }
    return separator
  }
}
