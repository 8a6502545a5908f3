package import BadgeCodes
import Foundation
package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_VerificationKey {
  /// A key; `createdAt` is said where it is known.
  package init(_ key: VerificationKey, createdAt: Instant? = nil) {
    self.init()
    name = ResourceName.verificationKey(key.id).description
    publicKey = Data(key.rawRepresentation)
    if let createdAt { createTime = Google_Protobuf_Timestamp(createdAt) }
  }
}

extension VerificationKey {
  /// - Throws: `InvalidInput` where it has no name of a key, or is no Ed25519 key.
  package init(_ message: Lanyard_V1_VerificationKey, under prefix: String) throws(InvalidInput) {
    let id = try ResourceName.verificationKey(message.name, field: "\(prefix)name")
    do {
      self = try VerificationKey(id: id, rawRepresentation: Array(message.publicKey))
    } catch {
      throw InvalidInput(field: "\(prefix)public_key", .noEd25519Key)
    }
  }
}
