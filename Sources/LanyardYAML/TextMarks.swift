/// Marks at the beginning of a file that say how its text is encoded; Windows writes them.
package enum TextMarks {
  /// Of UTF-8.
  package static let utf8: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Whether text begins as UTF-16 does, with its mark or with an ASCII character of two bytes.
  package static func isUTF16(_ text: some Collection<UInt8>) -> Bool {
    let start = Array(text.prefix(2))
    return [[0xFF, 0xFE], [0xFE, 0xFF]].contains(start) || start.contains(0)
  }
}
