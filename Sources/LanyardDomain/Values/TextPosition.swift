/// A place in a text as an editor counts it, from 1.
package struct TextPosition: Hashable, Sendable, CustomStringConvertible {
  package let line: Int
  /// Counted in Unicode scalars.
  package let column: Int

  /// The place of the byte at `offset`; CR, LF and CRLF each end a line.
  package init(at offset: Int, in bytes: [UInt8]) {
    var line = 1
    var start = 0
    for index in 0..<min(offset, bytes.count) {
      let isCR = bytes[index] == UInt8(ascii: "\r")
      if bytes[index] == UInt8(ascii: "\n") || (isCR && bytes.dropFirst(index + 1).first != UInt8(ascii: "\n")) {
        line += 1
        start = index + 1
      }
    }
    self.line = line
    column = 1 + bytes[start..<min(max(start, offset), bytes.count)].count { $0 & 0xC0 != 0x80 }
  }

  package var description: String { "line \(line), column \(column)" }

  /// The place of the first byte that is not UTF-8; nil where all of it is.
  package static func ofFirstFault(inUTF8 bytes: [UInt8]) -> TextPosition? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return TextPosition(at: error.byteOffsets.lowerBound, in: bytes)
    }
  }
}
