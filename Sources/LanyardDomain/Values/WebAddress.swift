import Foundation

/// An address of pages that begins with `https://`.
package struct WebAddress: Hashable, Sendable {
  /// The most characters of one.
  package static let limit = 2000

  /// Without a slash at its end.
  package let text: String

  /// Nil where the text is none.
  package init?(_ text: String) {
    guard text.utf8.count <= Self.limit, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
      let parts = URLComponents(string: text), parts.scheme?.lowercased() == "https",
      let host = parts.host, !host.isEmpty, parts.user == nil, parts.password == nil
    else { return nil }
    self.text = text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  /// Whether others can be made by adding to it.
  package var isBase: Bool { !text.contains("?") && !text.contains("#") }

  /// The address of a page below it.
  package func appending(_ parts: String...) -> String { ([text] + parts).joined(separator: "/") }
}
