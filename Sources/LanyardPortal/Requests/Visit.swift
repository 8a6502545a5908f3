import Crypto
import Foundation
import HTTPTypes
package import Hummingbird
import LanyardDomain
import NIOCore

/// One request of a visitor: who they are as far as it says, and in which language they read.
package struct Visit: RequestContext {
  package var coreContext: CoreRequestContextStorage
  /// Address that the visitor comes from, such as `192.0.2.1`.
  let address: String
  /// Names the request in the log and on a page that failed; 16 hexadecimal digits.
  let number: String
  /// The language that the visitor chose, or their browser prefers; nil where neither is one that Lanyard speaks.
  var language: Language?
  /// Whether the visitor has just chosen it.
  var isLanguageNew = false
  /// Ties forms to the browser that they were given to; see `FormSeal`.
  var seal = FormSeal()

  package init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    address = source.channel.remoteAddress?.ipAddress ?? ""
    number = String(format: "%016lx", UInt64.random(in: 0...UInt64.max))
  }
}

extension Request {
  /// The path, with one slash before it: two would lead to another host.
  var path: String { "/" + uri.path.drop { $0 == "/" } }

  /// A parameter of the address; nil where it is not there.
  func query(_ name: String) -> String? { uri.queryParameters[Substring(name)].map(String.init) }
}

extension RequestContext {
  /// A part of the path.
  func part(_ name: String) -> String { parameters.get(name) ?? "" }
}
