import Hummingbird
import HummingbirdCore
import NIOCore

/// What a form sent: texts by the names of its fields, in whatever script.
struct FormBody: Sendable {
  /// The field that ties the form to its browser.
  static let seal = "seal"
  /// The most fields that are read.
  private static let fieldLimit = 400

  private let fields: [String: [String]]

  init(_ fields: [String: [String]] = [:]) { self.fields = fields }

  /// Reads a form that was sent with a request.
  ///
  /// - Throws: `HTTPError` 413 where it is too large.
  init(reading request: Request) async throws {
    let buffer = try await request.body.collect(upTo: PortalSettings.formLimit)
    self.init(encoded: Array(buffer.readableBytesView))
  }

  /// - Parameter bytes: As browsers encode a form (WHATWG URL, application/x-www-form-urlencoded).
  init(encoded bytes: [UInt8]) {
    var fields: [String: [String]] = [:]
    for pair in bytes.split(separator: UInt8(ascii: "&")).prefix(Self.fieldLimit) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count > 1 ? Self.decoded(parts[1]) : ""
      fields[Self.decoded(parts[0]), default: []].append(value)
    }
    self.fields = fields
  }

  /// A text without the blanks around it; empty where there is none. Browsers end lines with CRLF.
  subscript(name: String) -> String {
    let text = (fields[name]?.first ?? "").replacing("\r\n", with: "\n")
    return String(text.unicodeScalars.trimmingBlanks)
  }

  /// All that a field says, as of boxes that were ticked.
  func all(_ name: String) -> [String] { fields[name] ?? [] }

  private static func decoded(_ bytes: some Collection<UInt8>) -> String {
    var decoded: [UInt8] = []
    var rest = Array(bytes)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        let digits = rest.prefix(2).compactMap(Self.digit)
        guard digits.count == 2 else {
          decoded.append(byte)
          continue
        }
        decoded.append(digits[0] << 4 | digits[1])
        rest = rest.dropFirst(2)
      default: decoded.append(byte)
      }
    }
    // What is no UTF-8 is shown as such, and refused as a text.
    return String(decoding: decoded, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

extension Request {
  /// What a form sent as a part of the address, as one does that changes nothing.
  var asked: FormBody { FormBody(encoded: Array((uri.query ?? "").utf8)) }
}

extension String.UnicodeScalarView {
  /// Without blanks at both ends; by scalars, since a blank may bear a combining mark.
  fileprivate var trimmingBlanks: Substring.UnicodeScalarView {
    var view = self[...]
    while let first = view.first, first.properties.isWhitespace { view.removeFirst() }
    while let last = view.last, last.properties.isWhitespace { view.removeLast() }
    return view
  }
}
