package import BadgeCodes
import Foundation
package import LanyardAPI
package import LanyardDomain

extension Lanyard_V1_VerificationKey {
  /// A key that verifies.
  package init(_ key: VerificationKey) {
    self.init()
    name = ResourceName.verificationKey(key.id).description
    publicKey = Data(key.rawRepresentation)
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

extension SigningKeyState: WireValue {
  package static let wirePrefix = "STATE_"
  package var wire: Lanyard_V1_VerificationKey.State {
    switch self {
    case .signing: .signing
    case .verifying: .verifying
    case .retired: .retired
    }
  }
}

extension Lanyard_V1_VerificationKey.State: WireEnum { package typealias Value = SigningKeyState }

extension PrivateHalfState: WireValue {
  package static let wirePrefix = "PRIVATE_HALF_"
  package var wire: Lanyard_V1_VerificationKey.PrivateHalf {
    switch self {
    case .plain: .plain
    case .sealed: .sealed
    case .locked: .locked
    case .destroyed: .destroyed
    }
  }
}

extension Lanyard_V1_VerificationKey.PrivateHalf: WireEnum { package typealias Value = PrivateHalfState }
