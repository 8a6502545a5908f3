import Foundation
package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension BadgeDesignFile {
  /// - Parameter field: Where the message stands in its request.
  /// - Throws: `InvalidInput` where there is more of it than there may be; its content is read elsewhere.
  package init(_ message: Lanyard_V1_BadgeDesignFile, field: String) throws(InvalidInput) {
    let name = try PlainText.validated(message.name, limit: Self.nameLimit, field: "\(field).name")
    guard message.logos.count <= Self.logoLimit else {
      throw InvalidInput(field: "\(field).logos", .tooManyEntries(limit: Self.logoLimit))
    }
    self.init(
      name: name,
      content: Array(message.content.prefix(Self.byteLimit + 1)),
      logos: Dictionary(message.logos.map { ($0.name, Array($0.content.prefix(Self.logoByteLimit + 1))) }) { $1 }
    )
  }
}

extension Lanyard_V1_BadgeDesignFile {
  package init(_ file: BadgeDesignFile) {
    self.init()
    (name, content) = (file.name, Data(file.content))
    logos = file.logos.sorted { $0.key < $1.key }.map { name, bytes in
      .with { ($0.name, $0.content) = (name, Data(bytes)) }
    }
  }
}
