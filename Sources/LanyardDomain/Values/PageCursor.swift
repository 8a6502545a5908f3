import Foundation

/// Where in a list a page ended: the keys of its last item by which the list is ordered. The next page begins after them,
/// so that what is removed or added between two pages skips nobody and doubles nobody.
package struct PageCursor: Hashable, Sendable {
  /// One of the values by which a list is ordered.
  package enum Key: Hashable, Sendable {
    case number(Int64)
    /// At most 255 bytes.
    case text(String)
  }

  package let keys: [Key]

  package init(_ keys: Key...) {
    self.keys = keys
  }
}

/// A page token (AIP-158): base64url (RFC 4648, section 5) of a version, a checksum and the keys. The checksum is over the
/// list's name too; it keeps mistakes apart, and is no signature: what a caller may read is checked with every call.
extension PageCursor {
  private static let version: UInt8 = 1
  /// The most bytes of a token.
  private static let tokenLimit = 1024

  /// - Parameter list: Everything that must be the same from page to page: the kind of list, its parent, its filters.
  package func token(of list: String) -> String {
    let content = keys.flatMap(\.bytes)
    let bytes = [Self.version] + Self.checksum(content, of: list) + content
    return Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
      "=",
      with: ""
    )
  }

  /// - Parameter list: As it was made with.
  /// - Throws: `InvalidInput` for `page_token` where the token is none, or is another list's.
  package init(token: String, of list: String) throws(InvalidInput) {
    let plain = token.replacing("-", with: "+").replacing("_", with: "/")
    let padding = String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
    guard token.utf8.count <= Self.tokenLimit, let bytes = Data(base64Encoded: plain + padding), bytes.count >= 9,
      bytes.first == Self.version, let keys = Self.keys(Array(bytes.dropFirst(9)))
    else { throw Self.refusal }
    self.keys = keys
    // That refuses other lists' tokens, and any other spelling of this one.
    guard self.token(of: list) == token else { throw Self.refusal }
  }

  /// What is said of a token that does not belong to a list.
  package static let refusal = InvalidInput(field: "page_token", .request(.otherListsToken))

  /// FNV-1a, 64 bits.
  private static func checksum(_ content: [UInt8], of list: String) -> [UInt8] {
    let hash = (Array(list.utf8) + [0] + content).reduce(UInt64(14_695_981_039_346_656_037)) {
      ($0 ^ UInt64($1)) &* 1_099_511_628_211
    }
    return hash.bigEndianBytes
  }

  private static func keys(_ bytes: [UInt8]) -> [Key]? {
    var (rest, keys) = (bytes[...], [Key]())
    while let kind = rest.popFirst() {
      switch kind {
      case Key.numberMark:
        guard rest.count >= 8 else { return nil }
        keys.append(.number(Int64(bitPattern: rest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })))
        rest = rest.dropFirst(8)
      case Key.textMark:
        guard let count = rest.popFirst().map(Int.init), rest.count >= count,
          let text = String(validating: rest.prefix(count), as: UTF8.self)
        else { return nil }
        keys.append(.text(text))
        rest = rest.dropFirst(count)
      default: return nil
      }
    }
    return keys
  }
}

extension PageCursor.Key {
  fileprivate static let numberMark: UInt8 = 0
  fileprivate static let textMark: UInt8 = 1

  fileprivate var bytes: [UInt8] {
    switch self {
    case .number(let number): return [Self.numberMark] + UInt64(bitPattern: number).bigEndianBytes
    case .text(let text):
      precondition(text.utf8.count <= 255, "a list's key is longer than 255 bytes")
      return [Self.textMark, UInt8(text.utf8.count)] + text.utf8
    }
  }

  /// Whether both are numbers, or both texts.
  package func isKind(of other: PageCursor.Key) -> Bool {
    switch (self, other) {
    case (.number, .number), (.text, .text): true
    case (.number, .text), (.text, .number): false
    }
  }
}

extension PageCursor.Key: Comparable {
  /// Numbers before texts; texts by their Unicode scalars, as the store has them.
  package static func < (first: PageCursor.Key, second: PageCursor.Key) -> Bool {
    switch (first, second) {
    case (.number(let first), .number(let second)): first < second
    case (.text(let first), .text(let second)): first.unicodeScalars.lexicographicallyPrecedes(second.unicodeScalars)
    case (.number, .text): true
    case (.text, .number): false
    }
  }
}

extension UInt64 {
  fileprivate var bigEndianBytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: self >> (56 - 8 * $0)) } }
}
