import Foundation
import GRPCCore
import LanyardAPI
import LanyardCertificates
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardScanner
import LanyardServer
import LanyardTesting
import LanyardTexts
import SwiftProtobuf
import Testing

@Suite("A device")
struct DeviceTests {
  private static let event = "events/\(SampleData.forum)"
  private static let lane = "\(event)/checkpoints/entrance-lane-1"

  @Test("is known by its certificate and needs no token")
  func certificate() async throws {
    try await ServerHarness.run { server in
      let code = try await withServerConnection(server.access) { try await People($0).badge(1).code }
      let device = try await server.enrol(.lane, at: [Self.lane])
      #expect(device.device.state == .active && device.device.checkpoints == [Self.lane])
      try await withServerConnection(device.access) { client in
        let service = Lanyard_V1_CheckInService.Client(wrapping: client)
        let answer = try await service.checkIn(
          .with {
            $0.checkpoint = Self.lane
            $0.scan.scanID = UUID().uuidString
            $0.scan.code = code
          }
        ).checkIn
        #expect(answer.answer == .admitted)
        #expect(Self.event + "/devices/" + answer.reporter == device.device.name && answer.reporterKind == .device)
      }
    }
  }

  @Test("may call what its profile lists and nothing else", arguments: DeviceProfile.allCases)
  func profiles(profile: DeviceProfile) throws {
    let device = Device(
      id: "d",
      event: SampleData.forum,
      displayName: "d",
      profile: profile,
      checkpoints: [],
      isSupervisor: true,
      enrolledAt: SampleData.firstMorning
    )
    let caller = Caller(id: "d", standing: .device(device))
    let reading = [
      "GetEvent", "ListEvents", "GetSession", "ListSessions", "GetCheckpoint", "ListCheckpoints", "GetQuestion",
      "ListQuestions",
    ]
    let open = [
      "Check", "Watch", "EnrolDevice", "CreateSignIn", "VerifyEmail", "SendPersonalLink", "ServerReflectionInfo",
      "RenewDeviceCertificate", "GetDevice",
      "RevokeDevice",
    ]
    let door = [
      "CheckIn", "StreamCheckIns", "UploadCheckIns", "WatchRoster", "UndoCheckIn", "GetAttendance", "WatchAttendance",
    ]
    let desk = [
      "CreateRegistration", "GetRegistration", "ListRegistrations", "FindRegistrations", "UpdateRegistration",
      "CancelRegistration", "RestoreRegistration", "CreatePersonalLink", "ApproveRegistration", "RejectRegistration",
      "MoveUpRegistration",
      "IssueBadge", "BatchIssueBadges", "GetBadge", "ListBadges", "UpdateBadge", "ReplaceBadge", "RevokeBadge",
      "HoldBadge", "ReleaseBadge", "RenderBadge", "RenderBadges", "PreviewBadges",
      "ActivateBadge", "PrintOwnBadge", "ConfirmPrintRun", "WithdrawPrintRun", "ListPrintRuns",
    ]
    let scanning = door + ["ListVerificationKeys"]
    let own: [String] =
      switch profile {
      case .lane: scanning + ["SearchAttendees"]
      case .door: scanning
      case .desk: scanning + ["SearchAttendees"] + desk
      case .kiosk: ["IssueBadge", "GetBadge", "RenderBadge", "PrintOwnBadge", "WithdrawPrintRun"]
      }
    let allowed = Set(reading + open + own)
    for method in try AccessTests.allMethods() {
      let isAllowed = AccessPolicy.rule(for: method).admits(caller)
      #expect(isAllowed == allowed.contains(method.method), "\(profile) and \(method.fullyQualifiedMethod)")
    }
  }

  @Test("is refused over the wire what its profile does not list", arguments: DeviceProfile.allCases)
  func profilesOverTheWire(profile: DeviceProfile) async throws {
    try await ServerHarness.run { server in
      let message: Lanyard_V1_DeviceProfile =
        switch profile {
        case .lane: .lane
        case .door: .door
        case .desk: .desk
        case .kiosk: .kiosk
        }
      let device = try await server.enrol(message)
      try await withServerConnection(device.access) { client in
        let calls: [(Set<DeviceProfile>, () async throws -> Void)] = [
          (
            [.lane, .door, .desk], { _ = try await Lanyard_V1_CheckInService.Client(wrapping: client).checkIn(.init()) }
          ),
          (
            [.lane, .desk],
            { _ = try await Lanyard_V1_CheckInService.Client(wrapping: client).searchAttendees(.init()) }
          ),
          ([.desk], { _ = try await Lanyard_V1_BadgeService.Client(wrapping: client).listBadges(.init()) }),
          ([.desk, .kiosk], { _ = try await Lanyard_V1_BadgeService.Client(wrapping: client).renderBadge(.init()) }),
          ([], { _ = try await Lanyard_V1_EventService.Client(wrapping: client).importProgramme(.init()) }),
          ([], { _ = try await Lanyard_V1_DeviceService.Client(wrapping: client).listDevices(.init()) }),
        ]
        for (allowed, call) in calls {
          let reason = try await Self.failure(call)?.reason
          #expect((reason == "PROFILE_NOT_ALLOWED") == !allowed.contains(profile))
        }
      }
    }
  }

  @Test("works at its own checkpoints and event only")
  func places() async throws {
    try await ServerHarness.run { server in
      let device = try await server.enrol(.desk, at: [Self.lane])
      try await withServerConnection(device.access) { client in
        let checkIns = Lanyard_V1_CheckInService.Client(wrapping: client)
        let elsewhere = "\(Self.event)/checkpoints/entrance-lane-2"
        let other = "events/wsis20-ocp"
        let registrations = Lanyard_V1_RegistrationService.Client(wrapping: client)
        let calls: [() async throws -> Void] = [
          { _ = try await checkIns.checkIn(.with { $0.checkpoint = elsewhere }) },
          {
            try await checkIns.streamCheckIns {
              try await $0.write(.with { $0.checkpoint = elsewhere })
            } onResponse: {
              for try await _ in $0.messages {}
            }
          },
          {
            try await checkIns.watchRoster(.with { ($0.parent, $0.checkpoints) = (Self.event, [elsewhere]) }) {
              for try await _ in $0.messages {}
            }
          },
          { try await checkIns.watchRoster(.with { $0.parent = other }) { for try await _ in $0.messages {} } },
          { _ = try await checkIns.searchAttendees(.with { ($0.parent, $0.query) = (other, "anna") }) },
          { _ = try await checkIns.uploadCheckIns(.with { $0.parent = other }) },
          { _ = try await registrations.listRegistrations(.with { $0.parent = other }) },
        ]
        for call in calls { #expect(try await Self.failure(call)?.reason == "PLACE_NOT_ALLOWED") }
        let results = try await checkIns.uploadCheckIns(
          .with {
            $0.parent = Self.event
            $0.checkIns = [elsewhere, "\(other)/checkpoints/entrance"].map { checkpoint in
              .with {
                $0.checkpoint = checkpoint
                $0.scan.scanID = UUID().uuidString
                $0.answer = .admitted
              }
            }
          }
        ).results
        // It may have been enrolled there when it was offline.
        #expect(results.map { $0.error.reason.isEmpty } == [true, false])
      }
    }
  }

  @Test("that is revoked is out at once: its open streams end, and every later call is refused")
  func revoked() async throws {
    try await ServerHarness.run { server in
      let device = try await server.enrol(.lane, at: [Self.lane])
      let opened = AsyncStream.makeStream(of: Void.self)
      try await withThrowingTaskGroup(of: String.self) { group in
        group.addTask {
          let failure = try await Self.failure {
            try await withServerConnection(device.access) { client in
              let (outgoing, stream) = AsyncStream.makeStream(of: LaneSession.Outgoing.self)
              try await LaneSession(client: client, checkpoint: Self.lane).run(outgoing) { _ in
                opened.continuation.yield()
              }
              stream.finish()
            }
          }
          return failure?.reason ?? ""
        }
        group.addTask {
          let failure = try await Self.failure {
            try await withServerConnection(device.access) { client in
              try await Lanyard_V1_CheckInService.Client(wrapping: client).watchRoster(.with { $0.parent = Self.event })
              {
                for try await message in $0.messages where !message.cursor.isEmpty { opened.continuation.yield() }
              }
            }
          }
          return failure?.reason ?? ""
        }
        var open = opened.stream.makeAsyncIterator()
        await open.next()
        await open.next()
        try await withServerConnection(server.access) { client in
          let revoked = try await Lanyard_V1_DeviceService.Client(wrapping: client).revokeDevice(
            .with { $0.name = device.device.name }
          )
          #expect(revoked.state == .revoked)
        }
        // They make no call that could be refused: the server ends them.
        for try await reason in group { #expect(reason == "DEVICE_REVOKED") }
      }
      let later = try await Self.failure {
        try await withServerConnection(device.access) { client in
          _ = try await Lanyard_V1_EventService.Client(wrapping: client).listEvents(.init())
        }
      }
      #expect(later?.reason == "DEVICE_REVOKED" && later?.code == .unauthenticated)
    }
  }

  @Test("renews its certificate by itself, and the new one opens the door")
  func renewal() async throws {
    try await ServerHarness.run { server in
      let device = try await server.enrol()
      let request = try CertificateRequest.make(commonName: "anything")
      let renewed = try await withServerConnection(device.access) { client in
        try await Lanyard_V1_DeviceService.Client(wrapping: client).renewDeviceCertificate(
          .with { $0.certificateRequest = request.requestPEM }
        )
      }
      #expect(renewed.device.name == device.device.name)
      let access = ServerAccess(
        server.address,
        credential: .certificate(pem: renewed.certificate, privateKeyPEM: request.privateKeyPEM),
        authorityPath: server.access.authorityPath
      )
      try await withServerConnection(access) { client in
        _ = try await Lanyard_V1_EventService.Client(wrapping: client).listEvents(.init())
      }
    }
  }

  @Test("with a certificate of another authority does not get through the handshake")
  func stranger() async throws {
    try await ServerHarness.run { server in
      let other = try CertificateAuthority(
        commonName: "Other",
        notBefore: Int64(Date().timeIntervalSince1970),
        lifetime: .seconds(3600)
      )
      let request = try CertificateRequest.make(commonName: "x")
      let pem = try other.issueClientCertificate(
        forRequestPEM: request.requestPEM,
        commonName: "x",
        notBefore: Int64(Date().timeIntervalSince1970),
        lifetime: .seconds(3600)
      )
      let access = ServerAccess(
        server.address,
        credential: .certificate(pem: pem, privateKeyPEM: request.privateKeyPEM),
        authorityPath: server.access.authorityPath
      )
      let failure = try await Self.failure {
        try await withServerConnection(access) { client in
          _ = try await Lanyard_V1_EventService.Client(wrapping: client).listEvents(.init())
        }
      }
      #expect(failure?.code == .unavailable && failure?.sentence.key == .callDeviceNotTaken)
    }
  }

  @Test("enrols with a code until it has run out; until its first call another request may take its place")
  func codes() async throws {
    try await ServerHarness.run { server in
      let service = { (client: ServerClient) in Lanyard_V1_DeviceService.Client(wrapping: client) }
      try await withServerConnection(server.access) { client in
        func code() async throws -> String {
          try await service(client).createEnrolmentCode(
            .with {
              $0.parent = Self.event
              $0.displayName = "Tablet"
              $0.profile = .door
            }
          ).code
        }
        func enrol(_ code: String, _ request: CertificateRequest) async throws -> Lanyard_V1_EnrolDeviceResponse {
          try await service(client).enrolDevice(
            .with {
              $0.code = code
              $0.certificateRequest = request.requestPEM
            }
          )
        }
        let (first, second) = try (CertificateRequest.make(commonName: "a"), CertificateRequest.make(commonName: "a"))
        let used = try await code()
        _ = try await enrol(used, second)
        let enrolled = try await enrol(used.lowercased().replacingOccurrences(of: "-", with: " "), first)
        #expect(try await enrol(used, first).device.name == enrolled.device.name)
        #expect(try await service(client).listDevices(.with { $0.parent = Self.event }).devices.isEmpty)
        try await EnrolmentTests.firstCall(enrolled, first, server)
        #expect(try await enrol(used, first).device.name == enrolled.device.name)
        #expect(try await Self.failure { _ = try await enrol(used, second) }?.reason == "ENROLMENT_CODE_REFUSED")
        let listed = try await service(client).listDevices(.with { $0.parent = Self.event }).devices
        #expect(listed.map(\.name) == [enrolled.device.name] && listed[0].hasCertificateExpireTime)
        let late = try await code()
        server.clock.advance(by: .seconds(11 * 60))
        #expect(try await Self.failure { _ = try await enrol(late, second) }?.reason == "ENROLMENT_CODE_REFUSED")
        let broken = try await code()
        let refused = try await Self.failure {
          _ = try await service(client).enrolDevice(.with { ($0.code, $0.certificateRequest) = (broken, "no PEM") })
        }
        #expect(refused?.fields.map(\.name) == ["certificate_request"])
        #expect(try await enrol(broken, second).device.profile == .door)
      }
    }
  }

  @Test("cannot be enrolled by guessing codes")
  func guessing() async throws {
    try await ServerHarness.run { server in
      let request = try CertificateRequest.make(commonName: "a")
      try await withServerConnection(server.access) { client in
        var reasons: [String] = []
        for number in 0..<12 {
          let failure = try await Self.failure {
            _ = try await Lanyard_V1_DeviceService.Client(wrapping: client).enrolDevice(
              .with { ($0.code, $0.certificateRequest) = ("AAAA-00\(number + 10)", request.requestPEM) }
            )
          }
          reasons.append(failure?.reason ?? "")
        }
        #expect(reasons.prefix(10).allSatisfy { $0 == "ENROLMENT_CODE_REFUSED" })
        #expect(reasons.suffix(2).allSatisfy { $0 == "TOO_MANY_ATTEMPTS" })
      }
    }
  }

  @Test("cannot be enrolled by guessing many codes at once either")
  func guessingAtOnce() async throws {
    try await ServerHarness.run { server in
      let request = try CertificateRequest.make(commonName: "a")
      let refused = try await withServerConnection(server.access) { client in
        try await withThrowingTaskGroup(of: Bool.self) { group in
          for number in 0..<40 {
            group.addTask {
              try await Self.failure {
                _ = try await Lanyard_V1_DeviceService.Client(wrapping: client).enrolDevice(
                  .with { ($0.code, $0.certificateRequest) = ("AAAA-00\(number + 10)", request.requestPEM) }
                )
              }?.reason == "ENROLMENT_CODE_REFUSED"
            }
          }
          return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
      }
      #expect(refused == 10)
    }
  }

  @Test("sees its own event and no other")
  func otherEvents() async throws {
    try await ServerHarness.run { server in
      let device = try await server.enrol(.lane, at: [Self.lane])
      try await withServerConnection(device.access) { client in
        let service = Lanyard_V1_EventService.Client(wrapping: client)
        #expect(try await service.listEvents(.init()).events.map(\.name) == [Self.event])
        let places = try await service.listCheckpoints(.with { $0.parent = "events/-" }).checkpoints.map(\.name)
        #expect(!places.isEmpty && places.allSatisfy { $0.hasPrefix(Self.event) })
        for call in [
          { _ = try await service.getEvent(.with { $0.name = "events/wsis20-ocp" }) },
          { _ = try await service.listSessions(.with { $0.parent = "events/wsis20-ocp" }) },
          { _ = try await service.listCheckpoints(.with { $0.parent = "events/wsis20-ocp" }) },
        ] as [@Sendable () async throws -> Void] {
          #expect(try await Self.failure(call)?.reason == "PLACE_NOT_ALLOWED")
        }
      }
    }
  }

  @Test("is listed with what it last said of itself")
  func report() async throws {
    try await ServerHarness.run { server in
      let device = try await server.enrol(.lane, at: [Self.lane])
      let sent = ContinuousClock.now
      try await withServerConnection(device.access) { client in
        _ = try await Lanyard_V1_CheckInService.Client(wrapping: client).uploadCheckIns(
          .with {
            $0.parent = Self.event
            $0.report.version = "1.2"
            $0.report.scansWaiting = 7
            $0.report.deviceTime = Google_Protobuf_Timestamp(ServerClock.system.now + .seconds(3600))
          }
        )
      }
      try await withServerConnection(server.access) { client in
        let listed = try await Lanyard_V1_DeviceService.Client(wrapping: client).listDevices(
          .with { $0.parent = Self.event }
        ).devices
        #expect(listed.map(\.name) == [device.device.name])
        #expect(listed.first?.version == "1.2" && listed.first?.scansWaiting == 7)
        // An hour ahead, less what the report was on its way.
        let underway = Double((ContinuousClock.now - sent).components.seconds + 1)
        let offset = try #require(listed.first).clockOffset
        #expect((3600 - underway...3600).contains(Double(offset.seconds) + Double(offset.nanos) / 1e9))
        #expect(listed.first.map { Instant(shown: $0.lastSeenTime) } == server.clock.now)
      }
    }
  }

  static func failure(_ body: () async throws -> Void) async throws -> CallFailure? {
    do {
      try await body()
      return nil
    } catch let error as RPCError {
      return CallFailure(error)
    }
  }
}
