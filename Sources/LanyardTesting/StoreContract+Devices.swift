import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  static let devices: [StoreRule] = [
    StoreRule("a code enrols one device, which is on record with its first call, until it runs out") { store in
      func code(_ byte: UInt8, until end: Instant) -> StoredEnrolmentCode {
        StoredEnrolmentCode(
          hash: .init(repeating: byte, count: 32),
          event: forum,
          displayName: "Tablet",
          profile: .door,
          checkpoints: ["entrance-lane-1"],
          isSupervisor: true,
          expiresAt: end
        )
      }
      let end = now + .seconds(600)
      try await store.addEnrolmentCode(.test(), code(1, until: end))
      let hash = [UInt8](repeating: 1, count: 32)
      let replaced = try await store.enrol(.test(now), codeHash: hash, request: 4)
      let device = try await store.enrol(.test(now), codeHash: hash, request: 5)
      #expect(device.profile == .door && device.checkpoints == ["entrance-lane-1"] && device.isSupervisor)
      #expect(try await store.enrol(.test(now), codeHash: hash, request: 5) == device)
      // Nothing is on record before the device's first call, which uses the code up.
      #expect(try await store.device(device.id) == nil)
      try await store.noteCertificate(.test(), of: device.id, endsAt: end)
      #expect(try await store.confirmDevice(.test(now), replaced.id) == nil)
      #expect(try await store.confirmDevice(.test(end), device.id) == nil)
      let confirmed = try await store.confirmDevice(.test(now), device.id)
      #expect(confirmed?.id == device.id && confirmed?.certificateEndsAt == end)
      #expect(try await store.confirmDevice(.test(end), device.id) == confirmed)
      #expect(try await store.enrol(.test(now), codeHash: hash, request: 5).id == device.id)
      for (request, moment) in [(Int64(6), now), (5, end)] {
        await #expect(throws: StoreError.enrolmentCodeRefused) {
          try await store.enrol(.test(moment), codeHash: hash, request: request)
        }
      }
      await #expect(throws: StoreError.enrolmentCodeRefused) {
        try await store.enrol(.test(now), codeHash: .init(repeating: 9, count: 32), request: 5)
      }
      let report = DeviceReport(version: "1", scansWaiting: 3, clockOffset: .seconds(-7), receivedAt: now)
      try await store.note(.test(), report, of: device.id)
      #expect(try await store.device(device.id)?.report == report)
      let revoked = try await store.revokeDevice(.test(now), device.id, of: forum)
      #expect(revoked.revokedAt == now)
      #expect(try await store.revokeDevice(.test(end), device.id, of: forum).revokedAt == now)
      await #expect(throws: StoreError.deviceRevoked) {
        try await store.noteCertificate(.test(), of: device.id, endsAt: end)
      }
      #expect(try await store.devices(of: forum, PageRequest(size: 5)).items.map(\.id) == [device.id])
    },
    StoreRule("a device that calls is known to have been there, and what it said of itself before stays") { store in
      let code = StoredEnrolmentCode(
        hash: .init(repeating: 3, count: 32),
        event: forum,
        displayName: "Tablet",
        profile: .lane,
        checkpoints: [],
        isSupervisor: false,
        expiresAt: now + .seconds(600)
      )
      try await store.addEnrolmentCode(.test(), code)
      let device = try await store.enrol(.test(now), codeHash: code.hash, request: 1)
      _ = try await store.confirmDevice(.test(now), device.id)
      try await store.noteCertificate(.test(), of: device.id, endsAt: now + .seconds(3600))
      #expect(try await store.device(device.id)?.certificateEndsAt == now + .seconds(3600))
      let report = DeviceReport(version: "1", scansWaiting: 3, clockOffset: .seconds(-7), receivedAt: now)
      try await store.note(.test(), report, of: device.id)
      try await store.noteCall(.test(now + .seconds(60)), of: device.id)
      let called = try await store.device(device.id)?.report
      #expect(called?.receivedAt == now + .seconds(60) && called?.version == "1" && called?.clockOffset == .seconds(-7))
    },
  ]
}
