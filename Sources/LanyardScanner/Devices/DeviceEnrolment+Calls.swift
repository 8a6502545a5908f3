import Foundation
import GRPCCore
import LanyardAPI
import LanyardCertificates
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// The calls of a device that enrols.
extension DeviceEnrolment {
  /// How often the first call is made where the network fails.
  private static let tries = 3

  /// Gets a certificate for a new key and keeps both; nothing is spent by that yet.
  func certify(_ staged: DeviceFolder) async throws -> BegunEnrolment {
    let made = try CertificateRequest.make(commonName: DeviceFolder.commonName)
    try staged.keepEnrolling(authorityPEM: link.authorityPEM)
    let papers = staged.unnamedPapers
    let access = patient(
      ServerAccess(link.server, credential: .none, authorityPath: papers.hasAuthority ? papers.authority : nil)
    )
    let answer = try await withServerConnection(access) { client in
      try await Lanyard_V1_DeviceService.Client(wrapping: client).enrolDevice(
        .with {
          $0.code = link.code
          $0.certificateRequest = made.requestPEM
        }
      )
    }
    try PrivateFile.write(made.privateKeyPEM + answer.certificate, to: papers.credential)
    // From here on the certificate is not lost, whatever ends this.
    let begun = try BegunEnrolment(server: link.server, answer.device)
    try staged.keep(begun)
    return begun
  }

  /// Makes the device's first calls, by which it comes onto the record: what it is to know of itself, and its roster.
  ///
  /// - Parameter isNew: Whether no call was made with its certificate yet.
  func call(_ begun: BegunEnrolment, isNew: Bool, _ staged: DeviceFolder) async throws -> DeviceIdentity {
    try staged.keepEnrolling(authorityPEM: link.authorityPEM)
    let access = patient(try staged.unnamedPapers.access(to: link.server))
    for attempt in 1... {
      do {
        return try await withServerConnection(access) { try await identity($0, of: begun, staged) }
      } catch let error as RPCError {
        let failure = CallFailure(error)
        let isFirstCall = isNew && attempt == 1
        if failure.isWithoutCertificate {
          if isFirstCall { try staged.forgetBegun() }
          throw withoutCertificate(isUnspent: isFirstCall)
        }
        // Nobody has it on record any more, or ever had where its code has run out.
        if failure.known == .deviceRevoked || (isNew && failure.known == .deviceUnknown) { try staged.forgetBegun() }
        guard failure.isPassing, failure.certificateFault == nil, attempt < Self.tries else { throw error }
        try await Task.sleep(for: .seconds(1))
      }
    }
    preconditionFailure("the last attempt returns or throws")
  }

  private func patient(_ access: ServerAccess) -> ServerAccess {
    var access = access
    (access.callTimeout, access.language) = (patience, language.tag)
    return access
  }

  private func identity(
    _ client: ServerClient,
    of begun: BegunEnrolment,
    _ staged: DeviceFolder
  ) async throws -> DeviceIdentity {
    let (device, address) = (try begun.device(), try begun.address())
    let event = ResourceName.event(address.event)
    let all = try await Listing.checkpoints(client, of: event.description)
    var begun = begun
    begun.isOnRecord = true
    try staged.keep(begun)
    let identity: DeviceIdentity
    do throws(InvalidInput) {
      identity = try DeviceIdentity(device, at: link.server, all: all)
    } catch {
      throw DeviceFault.failed(.deviceNeedsUpdate(error))
    }
    if identity.isForScanning { try await fetchRoster(client, of: address, staged) }
    return identity
  }

  private func withoutCertificate(isUnspent: Bool) -> DeviceFault {
    let fault = Sentence(.enrolWithoutCertificate, ["server": .text("\(link.server)")])
    return .failed(isUnspent ? Sentence(.enrolUnspent, ["fault": .sentence(fault)]) : fault)
  }

  /// Fetches what the device needs to scan while it is offline, so that it can begin with that.
  private func fetchRoster(_ client: ServerClient, of device: DeviceAddress, _ staged: DeviceFolder) async throws {
    let path = staged.firstRoster(of: device)
    let fetching = "\(path).new"
    // A run before this one may have left some; after a move nothing is left but what SQLite keeps beside a file.
    func clear() { for suffix in ["", "-wal", "-shm"] { unlink(fetching + suffix) } }
    clear()
    defer { clear() }
    do {
      let journal = try LaneJournal(path: fetching)
      try await RosterFetch.run(
        client,
        event: device.event,
        into: journal,
        patience: patience
      )
      unlink(path)
      try journal.move(to: path)
    } catch let fault as RosterFetch.Fault {
      switch fault {
      case .ended: throw DeviceFault.failed(Sentence(.enrolRosterEnded, ["server": .text("\(link.server)")]))
      case .stalled:
        let facts: [String: Sentence.Fact] = [
          "server": .text("\(link.server)"), "count": .count(Int(patience.components.seconds)),
        ]
        throw DeviceFault.failed(Sentence(.enrolRosterStalled, facts))
      }
    }
  }
}

extension CallFailure {
  /// Whether a call that was made with a device's certificate came to the server, or to what stands before it, without.
  fileprivate var isWithoutCertificate: Bool {
    switch code {
    case .unauthenticated, .permissionDenied: source != .service || known == .tokenMissing
    default: false
    }
  }
}
