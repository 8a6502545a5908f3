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
      let end = now + .seconds(90)
      let last = DeviceReport(version: "1", scansWaiting: 0, clockOffset: .zero, receivedAt: end, endedAt: end)
      try await store.note(.test(), last, of: device.id)
      try await store.noteCall(.test(end + .seconds(1)), of: device.id)
      #expect(try await store.device(device.id)?.report?.endedAt == end)
      // It was started again.
      try await store.note(.test(), report, of: device.id)
      #expect(try await store.device(device.id)?.report == report)
    },
    StoreRule("a code is listed while a device can enrol with it, and withdrawn for whoever was promised its place") {
      store in
      func code(_ byte: UInt8, of event: String = forum, until end: Instant) -> StoredEnrolmentCode {
        StoredEnrolmentCode(
          id: "code-\(byte)",
          hash: .init(repeating: byte, count: 32),
          event: event,
          displayName: "Tablet \(byte)",
          profile: .door,
          checkpoints: [],
          isSupervisor: true,
          expiresAt: end
        )
      }
      let end = now + .seconds(600)
      for number in 1...5 as ClosedRange<UInt8> {
        try await store.addEnrolmentCode(.test(now), code(number, until: number == 3 ? end + .seconds(1) : end))
      }
      try await store.addEnrolmentCode(.test(now), code(6, of: "wsis20-ocp", until: end))
      func listed(at moment: Instant = now) async throws -> [String] {
        var (ids, page) = ([String](), PageRequest(size: 2))
        repeat {
          let found = try await store.enrolmentCodes(of: forum, at: moment, page)
          ids += found.items.map(\.id)
          page.after = found.next
        } while page.after != nil
        return ids
      }
      #expect(try await listed() == ["code-1", "code-2", "code-4", "code-5", "code-3"])
      #expect(try await listed(at: end) == ["code-3"])
      let (used, promised) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))
      let device = try await store.enrol(.test(now), codeHash: used, request: 1)
      _ = try await store.confirmDevice(.test(now), device.id)
      let waiting = try await store.enrol(.test(now), codeHash: promised, request: 2)
      #expect(try await listed() == ["code-2", "code-4", "code-5", "code-3"])
      await #expect(throws: StoreError.enrolmentCodeUsed(by: .device(device.id, of: forum))) {
        try await store.withdrawEnrolmentCode(.test(now), "code-1", of: forum)
      }
      let withdrawn = try await store.withdrawEnrolmentCode(.test(now), "code-2", of: forum)
      #expect(withdrawn.withdrawnAt == now && withdrawn.displayName == "Tablet 2")
      #expect(try await store.withdrawEnrolmentCode(.test(now + .seconds(5)), "code-2", of: forum).withdrawnAt == now)
      #expect(try await store.confirmDevice(.test(now), waiting.id) == nil)
      await #expect(throws: StoreError.enrolmentCodeWithdrawn) {
        try await store.enrol(.test(now), codeHash: promised, request: 2)
      }
      await #expect(throws: StoreError.enrolmentCodeRefused) {
        try await store.noteCertificate(.test(now), of: waiting.id, endsAt: end)
      }
      #expect(try await store.withdrawEnrolmentCode(.test(end), "code-4", of: forum).withdrawnAt == nil)
      #expect(try await listed() == ["code-4", "code-5", "code-3"])
      for id in ["code-6", "none"] {
        await #expect(throws: StoreError.notFound(.enrolmentCode(id, of: forum))) {
          try await store.withdrawEnrolmentCode(.test(now), id, of: forum)
        }
      }
      let trail = try await store.auditEntries(AuditFilter(event: forum), PageRequest(size: 1_000)).items
      #expect(trail.count { $0.name == "enrolment_code.withdrawn" } == 1)
    },
    StoreRule("no more codes of an event are open at once than there may be; what has run out leaves room") { store in
      let end = now + .seconds(600)
      func add(_ number: Int, at moment: Instant = now, until end: Instant, of event: String = forum) async throws {
        let code = StoredEnrolmentCode(
          id: "open-\(number)",
          hash: [UInt8(number / 256), UInt8(number % 256)] + .init(repeating: 9, count: 30),
          event: event,
          displayName: "Tablet \(number)",
          profile: .door,
          checkpoints: [],
          isSupervisor: false,
          expiresAt: end
        )
        try await store.addEnrolmentCode(.test(moment), code)
      }
      for number in 0..<Enrolment.openLimit { try await add(number, until: number == 0 ? end : end + .seconds(60)) }
      let full = StoreError.invalid(InvalidInput(field: "parent", .tooManyCodes(limit: Enrolment.openLimit)))
      await #expect(throws: full) { try await add(300, until: end) }
      try await add(301, until: end, of: "wsis20-ocp")
      _ = try await store.withdrawEnrolmentCode(.test(now), "open-5", of: forum)
      try await add(302, until: end + .seconds(60))
      await #expect(throws: full) { try await add(303, until: end) }
      try await add(304, at: end, until: end + .seconds(60))
    },
    StoreRule("a device is changed while it is not revoked, and what is the same is no change") { store in
      let code = StoredEnrolmentCode(
        hash: .init(repeating: 4, count: 32),
        event: forum,
        displayName: "Tablet",
        profile: .lane,
        checkpoints: ["entrance-lane-1"],
        isSupervisor: false,
        expiresAt: now + .seconds(600)
      )
      try await store.addEnrolmentCode(.test(now), code)
      let device = try await store.enrol(.test(now), codeHash: code.hash, request: 1)
      _ = try await store.confirmDevice(.test(now), device.id)
      var change = DeviceChange()
      (change.displayName, change.checkpoints, change.isSupervisor) = ("Other", ["entrance-lane-2"], true)
      let changed = try await store.change(.test(now), device: device.id, of: forum, change)
      #expect(changed.displayName == "Other" && changed.checkpoints == ["entrance-lane-2"] && changed.isSupervisor)
      #expect(try await store.device(device.id) == changed)
      #expect(try await store.change(.test(now), device: device.id, of: forum, change) == changed)
      var elsewhere = change
      elsewhere.checkpoints = ["nowhere"]
      await #expect(throws: StoreError.notFound(.checkpoint("nowhere", of: forum))) {
        try await store.change(.test(now), device: device.id, of: forum, elsewhere)
      }
      await #expect(throws: StoreError.notFound(.device(device.id, of: "wsis20-ocp"))) {
        try await store.change(.test(now), device: device.id, of: "wsis20-ocp", change)
      }
      _ = try await store.revokeDevice(.test(now), device.id, of: forum)
      await #expect(throws: StoreError.deviceEnded(.device(device.id, of: forum))) {
        try await store.change(.test(now), device: device.id, of: forum, change)
      }
      let trail = try await store.auditEntries(AuditFilter(event: forum), PageRequest(size: 1_000)).items
      let told = trail.filter { $0.name == "device.changed" }
      #expect(told.count == 1)
      #expect(told.first?.after?.contains("entrance-lane-2") == true && told.first?.after?.contains("Other") == false)
    },
  ]
}
