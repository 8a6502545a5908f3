import Foundation
import GRPCCore
import LanyardAPI
import LanyardCertificates
import LanyardClient
import LanyardDomain
import LanyardServer
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("Enrolling")
struct EnrolmentTests {
  private static let event = "events/\(SampleData.forum)"

  /// Makes the first call with the certificate that enrolling gave.
  static func firstCall(
    _ answer: Lanyard_V1_EnrolDeviceResponse,
    _ request: CertificateRequest,
    _ server: ServerHarness
  ) async throws {
    let access = ServerAccess(
      server.address,
      credential: .certificate(pem: answer.certificate, privateKeyPEM: request.privateKeyPEM),
      authorityPath: server.access.authorityPath
    )
    try await withServerConnection(access) { client in
      _ = try await Lanyard_V1_EventService.Client(wrapping: client).listEvents(.init())
    }
  }

  private static func code(_ client: ServerClient) async throws -> Lanyard_V1_EnrolmentCode {
    try await Lanyard_V1_DeviceService.Client(wrapping: client).createEnrolmentCode(
      .with { ($0.parent, $0.displayName, $0.profile) = (event, "Tablet", .door) }
    )
  }

  private static func enrol(
    _ client: ServerClient,
    _ code: String,
    _ request: CertificateRequest
  ) async throws -> Lanyard_V1_EnrolDeviceResponse {
    try await Lanyard_V1_DeviceService.Client(wrapping: client).enrolDevice(
      .with { ($0.code, $0.certificateRequest) = (code, request.requestPEM) }
    )
  }

  @Test("with a device that never calls leaves nothing on record, and its certificate is good for nothing afterwards")
  func unconfirmed() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let (first, second) = try (CertificateRequest.make(commonName: "a"), CertificateRequest.make(commonName: "b"))
        let code = try await Self.code(client).code
        let early = try await Self.enrol(client, code, first)
        let late = try await Self.enrol(client, code, second)
        let unknown = try await DeviceTests.failure { try await Self.firstCall(early, first, server) }
        #expect(unknown?.reason == "DEVICE_UNKNOWN" && unknown?.code == .unauthenticated)
        server.clock.advance(by: .seconds(11 * 60))
        #expect(
          try await DeviceTests.failure { try await Self.firstCall(late, second, server) }?.reason == "DEVICE_UNKNOWN"
        )
        let devices = Lanyard_V1_DeviceService.Client(wrapping: client)
        #expect(try await devices.listDevices(.with { $0.parent = Self.event }).devices.isEmpty)
      }
    }
  }

  @Test("takes the code of a link like the one that is typed, and either one once")
  func linkCodes() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let (first, second) = try (CertificateRequest.make(commonName: "a"), CertificateRequest.make(commonName: "b"))
        let code = try await Self.code(client)
        #expect(code.code.count == 9 && code.linkCode.count == 26)
        try await Self.firstCall(try await Self.enrol(client, code.linkCode, first), first, server)
        for used in [code.code, code.linkCode] {
          let failure = try await DeviceTests.failure { _ = try await Self.enrol(client, used, second) }
          #expect(failure?.reason == "ENROLMENT_CODE_REFUSED")
        }
      }
    }
  }

  @Test("goes on by links while short codes are guessed from everywhere, which are told when they are taken again")
  func guessingFromEverywhere() throws {
    let clock = ManualClock(SampleData.firstMorning)
    let guardian = EnrolmentGuard(clock: clock.serverClock)
    for address in 0..<10 {
      for port in 0..<10 { _ = try guardian.begin("ipv4:10.0.0.\(address):\(port)", form: .typed) }
    }
    clock.advance(by: .seconds(20))
    do {
      _ = try guardian.begin("ipv4:10.0.1.1:1", form: .typed)
      Issue.record("the limit of short codes does not hold")
    } catch {
      let failure = CallFailure(error)
      #expect(failure.reason == "TOO_MANY_ATTEMPTS" && failure.message.contains("in 40 seconds"))
    }
    // From an address that did not guess, a link is taken; from one that did, nothing.
    let attempt = try guardian.begin("ipv4:10.0.1.1:1", form: .link)
    guardian.giveBack(attempt)
    #expect(throws: RPCError.self) { try guardian.begin("ipv4:10.0.0.1:99", form: .link) }
    clock.advance(by: .seconds(40))
    _ = try guardian.begin("ipv4:10.0.0.1:99", form: .typed)
  }

  @Test("counts the addresses of one IPv6 network as one")
  func networks() throws {
    let guardian = EnrolmentGuard(clock: ManualClock(SampleData.firstMorning).serverClock)
    for host in 0..<10 { _ = try guardian.begin("ipv6:[2001:db8:0:1::\(host)]:5", form: .link) }
    #expect(throws: RPCError.self) { try guardian.begin("ipv6:[2001:db8:0:1:ffff::1]:5", form: .link) }
    _ = try guardian.begin("ipv6:[2001:db8:0:2::1]:5", form: .link)
  }

  @Test("tells IPv4 addresses apart on a socket of both kinds, and takes each for the one that it is")
  func mappedAddresses() throws {
    let guardian = EnrolmentGuard(clock: ManualClock(SampleData.firstMorning).serverClock)
    for port in 0..<10 { _ = try guardian.begin("ipv6:[::ffff:10.0.0.1]:\(port)", form: .link) }
    #expect(throws: RPCError.self) { try guardian.begin("ipv4:10.0.0.1:5", form: .link) }
    _ = try guardian.begin("ipv6:[::ffff:10.0.0.2]:5", form: .link)
  }

  @Test("gives a device that was revoked no certificate, however lately it was let in")
  func renewalAfterRevoking() async throws {
    try await ServerHarness.run { server in
      let device = try await server.enrol(.lane)
      try await withServerConnection(device.access) { client in
        try await withServerConnection(server.access) { organiser in
          let (own, devices) = (
            Lanyard_V1_DeviceService.Client(wrapping: client), Lanyard_V1_DeviceService.Client(wrapping: organiser)
          )
          _ = try await Lanyard_V1_EventService.Client(wrapping: client).listEvents(.init())
          _ = try await devices.revokeDevice(.with { $0.name = device.device.name })
          let request = try CertificateRequest.make(commonName: "a")
          let failure = try await DeviceTests.failure {
            _ = try await own.renewDeviceCertificate(.with { $0.certificateRequest = request.requestPEM })
          }
          #expect(failure?.reason == "DEVICE_REVOKED")
          let upload = try await DeviceTests.failure {
            _ = try await Lanyard_V1_CheckInService.Client(wrapping: client).uploadCheckIns(
              .with { $0.parent = Self.event }
            )
          }
          #expect(upload?.reason == "DEVICE_REVOKED")
        }
      }
    }
  }

  @Test("ties a scan's id to the device: the same id from another one is refused, and a fact that is sent again is not")
  func scanIDs() async throws {
    try await ServerHarness.run { server in
      let code = try await withServerConnection(server.access) { try await People($0).badge(1).code }
      let (own, other) = (try await server.enrol(.lane), try await server.enrol(.lane))
      let checkpoint = "\(Self.event)/checkpoints/entrance-lane-1"
      let (live, fact) = (UUID().uuidString, UUID().uuidString)
      func scan(_ device: EnrolledDevice) async throws -> CallFailure? {
        try await DeviceTests.failure {
          _ = try await withServerConnection(device.access) { client in
            try await Lanyard_V1_CheckInService.Client(wrapping: client).checkIn(
              .with {
                $0.checkpoint = checkpoint
                $0.scan.scanID = live
                $0.scan.code = code
              }
            )
          }
        }
      }
      func upload(_ id: String, _ device: EnrolledDevice) async throws -> String? {
        try await withServerConnection(device.access) { client in
          try await Lanyard_V1_CheckInService.Client(wrapping: client).uploadCheckIns(
            .with {
              $0.parent = Self.event
              $0.checkIns = [
                .with {
                  $0.checkpoint = checkpoint
                  $0.scan.scanID = id
                  $0.scan.code = code
                  $0.answer = .admitted
                }
              ]
            }
          ).results.first?.error.reason
        }
      }
      for _ in 0..<2 { #expect(try await scan(own) == nil) }
      #expect(try await scan(other)?.reason == "SCAN_ID_REUSED")
      #expect(try await upload(live, other) == "SCAN_ID_REUSED")
      for device in [own, other] { #expect(try await upload(fact, device) == "") }
    }
  }
}
