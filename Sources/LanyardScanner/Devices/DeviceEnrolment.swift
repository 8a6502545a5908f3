import Foundation
import GRPCCore
package import LanyardAPI
import LanyardClient
package import LanyardDomain
import LanyardMessages
package import LanyardTexts
import SwiftProtobuf

/// Enrols a device in its folder: a private key, which never leaves it, a certificate for that, and the roster. Until the
/// device's first call a failure leaves nothing behind; from then on what it has is kept, and the next run with the same
/// code goes on with it.
package struct DeviceEnrolment: Sendable {
  /// A device that has taken its place in the folder.
  package struct Enrolled: Sendable {
    package let device: Lanyard_V1_Device
    package let identity: DeviceIdentity
    /// Whose place it took.
    package let before: DeviceIdentity?
    /// Whether its server says that it was revoked, so that it need not be ended any more.
    package let isBeforeRevoked: Bool
  }

  /// It failed, and something is to be known of how to go on.
  package struct Stopped: Error {
    package let cause: any Error
    package let hint: Sentence
  }

  let folder: DeviceFolder
  let link: EnrolmentLink
  /// What its own folder is called by: the same for the same code, and not the code.
  let name: String
  /// For how long the server may send nothing.
  let patience: Duration
  /// Of who enrols the device.
  let language: Language
  /// Whether it may take the place of another device.
  let replaces: Bool
  private let say: @Sendable (Sentence) -> Void

  /// - Parameters:
  ///   - name: What its own folder is called by: the same for the same code, and not the code.
  ///   - say: Is told of what does not keep the device from being enrolled.
  package init(
    in folder: DeviceFolder,
    _ link: EnrolmentLink,
    called name: String,
    patience: Duration,
    language: Language,
    replaces: Bool,
    say: @escaping @Sendable (Sentence) -> Void
  ) {
    self.folder = folder
    self.link = link
    self.name = name
    self.patience = patience
    self.language = language
    self.replaces = replaces
    self.say = say
  }

  /// Enrols the device, or goes on where an enrolment with the same code began that did not end.
  ///
  /// - Throws: `Stopped`, or what kept it from beginning.
  package func run() async throws -> Enrolled {
    try await folder.enrolling(name, say) { staged in
      try checkPlace(staged)
      do {
        return try await enrol(staged)
      } catch {
        guard let hint = try hint(after: error, staged) else { throw error }
        throw Stopped(cause: error, hint: hint)
      }
    }
  }

  /// The command that ends a device.
  package static func revocation(of device: DeviceAddress) -> String {
    ["lanyard", "device", "revoke", "--event", device.event, device.id].joined(separator: " ")
  }

  /// - Throws: `DeviceFault` where another device is in the folder that is not to be replaced.
  private func checkPlace(_ staged: DeviceFolder) throws {
    guard folder.isEnrolled, !replaces else { return }
    // The run before this one may have ended when all but its own folder was done.
    if let begun = try staged.begun(), try begun.address() == folder.identity().device { return }
    throw DeviceFault.usage(Sentence(.enrolFolderTaken, ["folder": .text(folder.path)]))
  }

  private func enrol(_ staged: DeviceFolder) async throws -> Enrolled {
    let before = before()
    let oldOrigin = before.flatMap(origin)
    let isRevoked = await isRevoked(before)
    let (device, identity) = try await begin(staged)
    try folder.adopt(staged, as: identity)
    folder.handOver(from: before, oldOrigin, to: identity, say)
    return Enrolled(device: device, identity: identity, before: before, isBeforeRevoked: isRevoked)
  }

  /// Whether the server says that who was enrolled in the folder is revoked; where it says nothing in time, they are not known
  /// to be.
  private func isRevoked(_ before: DeviceIdentity?) async -> Bool {
    guard let before else { return false }
    do {
      try await folder.byServer(in: language) { client in
        _ = try await Lanyard_V1_DeviceService.Client(wrapping: client).getDevice(
          .with { $0.name = before.device.name.description }
        )
      }
      return false
    } catch {
      return (error as? RPCError).map { CallFailure($0).known == .deviceRevoked } ?? false
    }
  }

  /// How to go on where the server may have the device on record; nil where nothing is to be known.
  private func hint(after error: any Error, _ staged: DeviceFolder) throws -> Sentence? {
    if let begun = try staged.begun() {
      let facts: [String: Sentence.Fact] = [
        "device": .text(try begun.device().displayName), "folder": .text(staged.path),
        "command": .text(Self.revocation(of: try begun.address())),
      ]
      return Sentence(begun.isOnRecord ? .enrolIsOnRecord : .enrolMayBeOnRecord, facts)
    }
    guard let call = error as? RPCError, CallFailure(call).known == .enrolmentCodeRefused,
      let other = folder.othersBegun(than: staged).first
    else { return nil }
    let facts: [String: Sentence.Fact] = [
      "device": .text(try other.device().displayName), "server": .text("\(other.server)"),
    ]
    return Sentence(.enrolOtherBegun, facts)
  }

  /// Who was enrolled in the folder; nil where nobody was, or that cannot be read, which must not keep the next one out.
  private func before() -> DeviceIdentity? {
    guard folder.isEnrolled else { return nil }
    do {
      return try folder.identity()
    } catch {
      say(Sentence(.enrolBeforeUnreadable, ["folder": .text(folder.path)]))
      return nil
    }
  }

  /// Where the device before scanned, while its authority is still in the folder.
  private func origin(of before: DeviceIdentity) -> JournalOrigin? {
    do {
      return try folder.origin(of: before)
    } catch {
      let facts: [String: Sentence.Fact] = [
        "device": .text(before.displayName), "cause": .text(error.localizedDescription),
      ]
      say(Sentence(.enrolOriginUnreadable, facts))
      return nil
    }
  }

  /// Begins, or goes on where an enrolment with the same code began that did not end.
  private func begin(_ staged: DeviceFolder) async throws -> (Lanyard_V1_Device, DeviceIdentity) {
    if let begun = try staged.begun() {
      let device = try begun.device()
      say(Sentence(.enrolGoingOn, ["device": .text(device.displayName)]))
      do {
        return (device, try await call(begun, isNew: false, staged))
      } catch let error as RPCError where CallFailure(error).known == .deviceUnknown && begun.server == link.server {
        // It never came onto the record, and a code that still runs is good for another certificate.
        try staged.forgetBegun()
      }
    }
    let begun = try await certify(staged)
    return (try begun.device(), try await call(begun, isNew: true, staged))
  }
}
