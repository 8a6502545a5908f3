import BadgeCodes
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import SwiftProtobuf

extension Lanyard_V1_VerificationKey {
  /// A key as the store has it.
  ///
  /// - Parameters:
  ///   - signs: Whether it signs new badges.
  ///   - isLocked: Whether the server cannot open it.
  ///   - use: Told to those who may know it.
  init(_ key: StoredSigningKey, signs: Bool, isLocked: Bool, _ use: SigningKeyUse?) throws {
    self.init(try key.verificationKey)
    createTime = Google_Protobuf_Timestamp(key.createdAt)
    if let retiredAt = key.retiredAt { retireTime = Google_Protobuf_Timestamp(retiredAt) }
    state = (key.retiredAt != nil ? SigningKeyState.retired : signs ? .signing : .verifying).wire
    let half: PrivateHalfState =
      switch key.privateHalf {
      case .plain: .plain
      case .sealed: isLocked ? .locked : .sealed
      case .destroyed: .destroyed
      }
    privateHalf = half.wire
    guard let use else { return }
    (badgeCount, workingBadgeCount) = (Int64(use.all), Int64(use.working))
  }
}
