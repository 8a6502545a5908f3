import GRPCCore
import LanyardAPI
import LanyardCertificates
import LanyardClient
import LanyardDomain
import LanyardScanner
import LanyardServer
import LanyardStore
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("A device that is changed", .blocking)
struct DeviceChangeTests {
  private static let event = "events/\(SampleData.forum)"
  private static let lane = "\(event)/checkpoints/entrance-lane-1"
  private static let otherLane = "\(event)/checkpoints/entrance-lane-2"

  private static func update(
    _ client: ServerClient,
    _ device: String,
    _ paths: String...,
    change: (inout Lanyard_V1_Device) -> Void
  ) async throws -> Lanyard_V1_Device {
    var request = Lanyard_V1_UpdateDeviceRequest()
    request.device.name = device
    change(&request.device)
    request.updateMask.paths = paths
    return try await Lanyard_V1_DeviceService.Client(wrapping: client).updateDevice(request)
  }

  @Test("goes by its new rights at once: open calls end and say why, but for a new name", .hangGuard)
  func rights() async throws {
    try await ServerHarness.run { server in
      let device = try await server.enrol(.lane, at: [Self.lane])
      let name = device.device.name
      let opened = AsyncStream.makeStream(of: Void.self)
      try await withServerConnection(server.access) { organiser in
        try await withThrowingTaskGroup(of: CallFailure?.self) { group in
          group.addTask {
            try await DeviceTests.failure {
              try await withServerConnection(device.access) { client in
                let (outgoing, stream) = AsyncStream.makeStream(of: LaneSession.Outgoing.self)
                try await LaneSession(client: client, checkpoint: Self.lane).run(outgoing) { _ in
                  opened.continuation.yield()
                }
                stream.finish()
              }
            }
          }
          group.addTask {
            try await DeviceTests.failure {
              try await withServerConnection(device.access) { client in
                let service = Lanyard_V1_CheckInService.Client(wrapping: client)
                try await service.watchRoster(.with { $0.parent = Self.event }) {
                  for try await message in $0.messages where !message.cursor.isEmpty { opened.continuation.yield() }
                }
              }
            }
          }
          var open = opened.stream.makeAsyncIterator()
          await open.next()
          await open.next()
          let named = try await Self.update(organiser, name, "display_name") { $0.displayName = "Lane at the back" }
          #expect(named.displayName == "Lane at the back" && named.checkpoints == [Self.lane])
          let moved = try await Self.update(organiser, name, "checkpoints", "supervisor") {
            ($0.checkpoints, $0.supervisor, $0.displayName) = ([Self.otherLane], true, "not named by the mask")
          }
          #expect(moved.checkpoints == [Self.otherLane] && moved.supervisor && moved.displayName == "Lane at the back")
          for try await failure in group {
            #expect(failure?.reason == "DEVICE_CHANGED" && failure?.code == .unavailable)
          }
        }
        try await withServerConnection(device.access) { client in
          let checkIns = Lanyard_V1_CheckInService.Client(wrapping: client)
          let before = try await DeviceTests.failure {
            _ = try await checkIns.checkIn(.with { $0.checkpoint = Self.lane })
          }
          #expect(before?.reason == "PLACE_NOT_ALLOWED")
          let now = try await DeviceTests.failure {
            _ = try await checkIns.checkIn(.with { $0.checkpoint = Self.otherLane })
          }
          #expect(now?.reason == "INVALID_FIELD")
        }
      }
    }
  }

  @Test("is refused in words where what is to be changed is not known, not there or ended")
  func refused() async throws {
    try await ServerHarness.run { server in
      let name = try await server.enrol(.lane).device.name
      try await withServerConnection(server.access) { client in
        func failure(
          _ device: String,
          _ paths: String...,
          change: (inout Lanyard_V1_Device) -> Void = { _ in }
        ) async throws -> CallFailure? {
          try await DeviceTests.failure {
            var request = Lanyard_V1_UpdateDeviceRequest()
            request.device.name = device
            change(&request.device)
            request.updateMask.paths = paths
            _ = try await Lanyard_V1_DeviceService.Client(wrapping: client).updateDevice(request)
          }
        }
        #expect(try await failure(name)?.fields.map(\.name) == ["update_mask"])
        #expect(try await failure(name, "profile")?.fields.map(\.name) == ["update_mask"])
        #expect(try await failure(name, "display_name")?.fields.map(\.name) == ["device.display_name"])
        let elsewhere = try await failure(name, "checkpoints") {
          $0.checkpoints = [Self.lane, "events/wsis20-ocp/checkpoints/entrance"]
        }
        #expect(elsewhere?.fields.map(\.name) == ["device.checkpoints[1]"])
        #expect(try await failure("\(Self.event)/devices/none", "supervisor")?.reason == "NOT_FOUND")
        let service = Lanyard_V1_DeviceService.Client(wrapping: client)
        _ = try await service.revokeDevice(.with { $0.name = name })
        let ended = try await failure(name, "supervisor")
        #expect(ended?.reason == "DEVICE_ENDED" && ended?.code == .failedPrecondition)
      }
    }
  }

  @Test("gets nothing of scanning where it is a kiosk, which says why, and a code for one neither")
  func kiosk() async throws {
    try await ServerHarness.run { server in
      let kiosk = try await server.enrol(.kiosk).device.name
      try await withServerConnection(server.access) { client in
        for (path, field) in [("checkpoints", "device.checkpoints"), ("supervisor", "device.supervisor")] {
          let refused = try await DeviceTests.failure {
            _ = try await Self.update(client, kiosk, path) { ($0.checkpoints, $0.supervisor) = ([Self.lane], true) }
          }
          #expect(refused?.code == .invalidArgument && refused?.fields.map(\.name) == [field])
          #expect(refused?.fields.first?.reason.contains("kiosk") == true)
        }
        let named = try await Self.update(client, kiosk, "display_name", "checkpoints", "supervisor") {
          $0.displayName = "By the stairs"
        }
        #expect(named.displayName == "By the stairs")
      }
      let code = try await DeviceTests.failure { _ = try await server.enrol(.kiosk, at: [Self.lane]) }
      #expect(code?.code == .invalidArgument)
    }
  }

  @Test("reads and ends itself, and no other")
  func itself() async throws {
    try await ServerHarness.run { server in
      let (own, other) = (try await server.enrol(.kiosk), try await server.enrol(.kiosk).device.name)
      try await withServerConnection(own.access) { client in
        let service = Lanyard_V1_DeviceService.Client(wrapping: client)
        #expect(try await service.getDevice(.with { $0.name = own.device.name }).name == own.device.name)
        for name in [other, "\(Self.event)/devices/none", "events/wsis20-ocp/devices/none"] {
          for call in [
            { _ = try await service.getDevice(.with { $0.name = name }) },
            { _ = try await service.revokeDevice(.with { $0.name = name }) },
          ] as [() async throws -> Void] {
            let reason = try await DeviceTests.failure(call)?.reason
            #expect(reason == (name.hasPrefix(Self.event) ? "NOT_YOURS" : "PLACE_NOT_ALLOWED"))
          }
        }
        #expect(try await service.revokeDevice(.with { $0.name = own.device.name }).state == .revoked)
        let later = try await DeviceTests.failure {
          _ = try await service.getDevice(.with { $0.name = own.device.name })
        }
        #expect(later?.reason == "DEVICE_REVOKED")
      }
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_DeviceService.Client(wrapping: client)
        let untouched = try await service.getDevice(.with { $0.name = other })
        #expect(untouched.state == .active)
      }
      let ended = try await server.store.auditEntries(AuditFilter(event: SampleData.forum), PageRequest(size: 1_000))
        .items.last { $0.name == "device.revoked" }
      #expect(ended?.act.actor == .device(DeviceAddress.named(own.device.name).id))
    }
  }

  @Test("is not made by a code that was withdrawn, which is listed until then without what people type")
  func withdrawn() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let service = Lanyard_V1_DeviceService.Client(wrapping: client)
        let made = try await service.createEnrolmentCode(
          .with {
            ($0.parent, $0.displayName, $0.profile) = (Self.event, "Tablet", .door)
            ($0.checkpoints, $0.supervisor) = ([Self.lane], true)
          }
        )
        var listed = try await service.listEnrolmentCodes(.with { $0.parent = Self.event }).enrolmentCodes
        #expect(listed.map(\.name) == [made.name] && listed.first?.displayName == "Tablet")
        #expect(listed.first?.checkpoints == [Self.lane] && listed.first?.supervisor == true)
        #expect(listed.first?.code == "" && listed.first?.linkCode == "" && listed.first?.expireTime == made.expireTime)
        for _ in 0..<2 {
          #expect(try await service.withdrawEnrolmentCode(.with { $0.name = made.name }).hasWithdrawTime)
        }
        listed = try await service.listEnrolmentCodes(.with { $0.parent = Self.event }).enrolmentCodes
        #expect(listed.isEmpty)
        let request = try CertificateRequest.make(commonName: "a")
        for code in [made.code, made.linkCode] {
          let failure = try await DeviceTests.failure {
            _ = try await service.enrolDevice(
              .with { ($0.code, $0.certificateRequest) = (code, request.requestPEM) }
            )
          }
          #expect(failure?.reason == "ENROLMENT_CODE_REFUSED")
        }
      }
    }
  }

  @Test(
    "is not promised where its address is none that the server's certificate is for",
    arguments: [
      ("localhost:1", true), ("LOCALHOST.:1", true), ("127.0.0.1:1", true), ("lanyard.example.org:1", false),
      ("[::1]:1", false), ("10.0.0.1:1", false),
    ]
  )
  func address(_ address: String, isCovered: Bool) async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let failure = try await DeviceTests.failure {
          _ = try await Lanyard_V1_DeviceService.Client(wrapping: client).createEnrolmentCode(
            .with { ($0.parent, $0.displayName, $0.profile, $0.address) = (Self.event, "Tablet", .lane, address) }
          )
        }
        #expect(failure?.fields.map(\.name) == (isCovered ? nil : ["address"]))
        if !isCovered { #expect(failure?.fields.first?.reason.contains("localhost") == true) }
      }
    }
  }
}
