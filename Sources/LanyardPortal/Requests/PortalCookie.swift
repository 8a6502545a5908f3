import HTTPTypes
import Hummingbird

/// The cookies of the pages. A browser takes them for this host alone, over TLS alone, and no script reads them.
enum PortalCookie {
  /// How long a choice of language is kept, in seconds.
  static let languageTime = 365 * 86_400
  /// How long a browser keeps a personal link, in seconds: as long as links are valid.
  static let linkTime = 90 * 86_400

  static let language = "__Host-language"
  static let seal = "__Host-visit"

  /// Of somebody of the house who signed in. It ends with the sign-in.
  static let house = "__Host-house"

  /// Of the personal link to a registration for an event.
  static func link(of event: String) -> String { "__Host-me-\(event)" }

  /// - Parameter seconds: How long it is kept; nil means until the browser is closed, 0 takes it back.
  static func header(_ name: String, _ value: String, seconds: Int?) -> String {
    let age = seconds.map { "; Max-Age=\($0)" } ?? ""
    return "\(name)=\(value); Path=/; Secure; HttpOnly; SameSite=Lax\(age)"
  }
}

extension Request {
  /// The value of a cookie; nil where there is none. Of several of one name the first counts.
  func cookie(_ name: String) -> String? {
    for field in headers[values: .cookie] {
      for pair in field.split(separator: ";") {
        let parts = pair.split(separator: "=", maxSplits: 1)
        if parts.count == 2, parts[0].trimmed == name { return parts[1].trimmed }
      }
    }
    return nil
  }
}

extension Substring {
  fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}

extension Response {
  mutating func set(_ cookie: String, to value: String, seconds: Int?) {
    headers.append(
      HTTPField(name: .setCookie, value: PortalCookie.header(cookie, value, seconds: seconds))
    )
  }
}
