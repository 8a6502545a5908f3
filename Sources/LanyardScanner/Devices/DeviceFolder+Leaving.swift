import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
package import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// A device that ends itself.
extension DeviceFolder {
  /// What a server says of a device that it has ended already, or does not know.
  private static let gone: [ErrorReason?] = [.deviceRevoked, .deviceUnknown]
  private static let keptPrefixes = ["lane-", rosterPrefix, "credential", "authority"]

  /// Ends the device at its server, and then erases its key, its rosters and its journals here. Where that ends on the way,
  /// it can be done again.
  ///
  /// - Parameter language: In which the server is asked to answer.
  /// - Returns: Who it was.
  /// - Throws: `DeviceFault` where scans are left on it or a lane runs, `RPCError` where the server does not end it.
  package func leave(in language: Language) async throws -> DeviceIdentity {
    let identity = try identity()
    guard let lock = try lockFolder() else {
      throw DeviceFault.taken(Sentence(.enrolOtherRuns, ["folder": .text(path)]))
    }
    defer { withExtendedLifetime(lock) {} }
    let journals = try JournalFolder.journals(in: path)
    // From here on no lane begins with one of them.
    let locks = try journals.map { journal in
      guard let lock = try JournalLock.take(journal.path) else {
        throw DeviceFault.taken(Sentence(.leaveLaneRuns, ["journal": .text(journal.path)]))
      }
      return lock
    }
    defer { withExtendedLifetime(locks) {} }
    try await checkNothingIsLeft(identity, language)
    try await end(identity, language)
    for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    where Self.keptPrefixes.contains(where: name.hasPrefix) && !isNeededToEnd(name, identity) {
      try FileManager.default.removeItem(atPath: file(name))
    }
    // Last who it is: until then the same can be done again.
    let papers = papersInUse(by: identity.device)
    for file in [identityFile, papers.credential, papers.authority]
    where FileManager.default.fileExists(atPath: file) {
      try FileManager.default.removeItem(atPath: file)
    }
    // Only where nothing else is in it.
    rmdir(path)
    return identity
  }

  /// - Throws: `DeviceFault` where a journal has scans that wait or were not taken, or cannot be read.
  private func checkNothingIsLeft(_ identity: DeviceIdentity, _ language: Language) async throws {
    let journals = try JournalFolder.journals(in: path)
    if let fault = journals.compactMap(\.faultSentence).first { throw DeviceFault.failed(fault) }
    let count = journals.map { $0.holding.waiting + $0.holding.refused }.reduce(0, +)
    guard count == 0 else {
      let key: Sentence.Key = await isGone(identity, language) ? .leaveScansLeftRevoked : .leaveScansLeft
      throw DeviceFault.usage(Sentence(key, ["count": .count(count), "folder": .text(path)]))
    }
  }

  /// Whether the server says that it has ended the device already; what does not answer says nothing.
  private func isGone(_ identity: DeviceIdentity, _ language: Language) async -> Bool {
    do {
      _ = try await byServer(in: language) { try await self.learn($0) }
      return false
    } catch let error as RPCError {
      return Self.gone.contains(CallFailure(error).known)
    } catch {
      return false
    }
  }

  private func end(_ identity: DeviceIdentity, _ language: Language) async throws {
    var access = try access()
    access.language = language.tag
    do {
      _ = try await withServerConnection(access) { client in
        try await Lanyard_V1_DeviceService.Client(wrapping: client).revokeDevice(
          .with { $0.name = identity.device.name.description }
        )
      }
    } catch let error as RPCError where Self.gone.contains(CallFailure(error).known) {
      // Somebody was quicker.
    }
  }

  private func isNeededToEnd(_ name: String, _ identity: DeviceIdentity) -> Bool {
    let papers = papersInUse(by: identity.device)
    return [papers.credential, papers.authority].contains(file(name))
  }
}
