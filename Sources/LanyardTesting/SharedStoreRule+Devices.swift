import LanyardDomain
import LanyardStore
import Testing

extension SharedStoreRule {
  static let devices: [SharedStoreRule] = [
    SharedStoreRule("a code comes to one device, however many show it and whichever handles they ask") {
      first,
      second in
      let code = StoreRule.laneCode(1)
      try await first.addEnrolmentCode(.test(StoreRule.now), code)
      let promised = await StoreRule.atOnce(20) { number in
        let store = number.isMultiple(of: 2) ? first : second
        return try await store.enrol(.test(StoreRule.now), codeHash: code.hash, request: Int64(number % 10))
      }
      let ids = try promised.map { try $0.get().id }
      // Who was asked last has the place; the others have nothing, and are told so.
      let confirmed = await StoreRule.atOnce(ids.count) { number in
        try await (number.isMultiple(of: 2) ? second : first).confirmDevice(.test(StoreRule.now), ids[number])
      }
      let devices = try confirmed.compactMap { try $0.get() }
      #expect(!devices.isEmpty && Set(devices.map(\.id)).count == 1)
      let listed = try await second.devices(of: StoreRule.forum, PageRequest(size: 50)).items
      #expect(listed.map(\.id) == [devices.first?.id])
    },
    SharedStoreRule("a device that calls through both handles at once is confirmed once") { first, second in
      let code = StoreRule.laneCode(2)
      try await first.addEnrolmentCode(.test(StoreRule.now), code)
      let device = try await second.enrol(.test(StoreRule.now), codeHash: code.hash, request: 1)
      let confirmed = await StoreRule.atOnce(20) { number in
        let now = StoreRule.now + .seconds(Int64(number))
        return try await (number.isMultiple(of: 2) ? first : second).confirmDevice(.test(now), device.id)
      }
      #expect(Set(try confirmed.map { try $0.get() }).count == 1)
      let changes = try await first.auditEntries(AuditFilter(event: StoreRule.forum), PageRequest(size: 1000)).items
      #expect(changes.count { $0.name == "device.enrolled" } == 1)
    },
    SharedStoreRule("no certificate is noted after a device was revoked, whichever handles it was asked of") {
      first,
      second in
      let code = StoreRule.laneCode(3)
      try await first.addEnrolmentCode(.test(StoreRule.now), code)
      let device = try await first.enrol(.test(StoreRule.now), codeHash: code.hash, request: 1)
      _ = try await first.confirmDevice(.test(StoreRule.now), device.id)
      let outcomes = await StoreRule.atOnce(30) { number in
        guard number != 15 else {
          _ = try await second.revokeDevice(.test(StoreRule.now), device.id, of: StoreRule.forum)
          return
        }
        let end = StoreRule.now + .seconds(Int64(number))
        try await (number.isMultiple(of: 2) ? first : second)
          .noteCertificate(.test(StoreRule.now), of: device.id, endsAt: end)
      }
      let changes = try await first.auditEntries(AuditFilter(event: StoreRule.forum), PageRequest(size: 1000)).items
      let told = changes.map(\.name).filter { $0 == "device.certified" || $0 == "device.revoked" }
      #expect(told.last == "device.revoked")
      for outcome in outcomes {
        if case .failure(let error) = outcome { #expect(error as? StoreError == .deviceRevoked) }
      }
      // Revoking succeeded, and so did each that is on the trail.
      #expect(outcomes.count { (try? $0.get()) != nil } == told.count)
    },
    SharedStoreRule("a new event is made once, whichever handles import it at once") { first, second in
      var programme = try SampleData.programme()
      programme.events = [programme.events[0]]
      programme.events[0].event.slug = "made-twice"
      let new = programme
      let outcomes = await StoreRule.atOnce(6) { number in
        try await (number.isMultiple(of: 2) ? first : second).importProgramme(.test(), new)
      }
      let changed = try outcomes.flatMap { try $0.get() }.filter(\.isChanged)
      #expect(changed.count == 1)
      #expect(try await second.events(PageRequest(size: 50)).items.count { $0.event.slug == "made-twice" } == 1)
    },
    SharedStoreRule("a request that is made for two events at once is carried out for one") { first, second in
      let request = RequestIdentity(id: .timeOrdered(at: StoreRule.now), fingerprint: 1)
      let details = try await StoreRule.details(SampleData.person(1), first)
      let outcomes = await StoreRule.atOnce(10) { number in
        try await (number % 4 < 2 ? first : second).register(
          .test(StoreRule.now),
          details,
          for: number.isMultiple(of: 2) ? StoreRule.forum : "wsis20-ocp",
          request: request
        )
      }
      // Those that failed are looked at below.
      #expect(Set(outcomes.compactMap { try? $0.get().id }).count == 1)
      for case .failure(let error) in outcomes { #expect(error as? StoreError == .requestIDReused) }
    },
  ]
}

extension StoreRule {
  /// A code for a lane, with a hash of one byte over and over.
  fileprivate static func laneCode(_ byte: UInt8) -> StoredEnrolmentCode {
    StoredEnrolmentCode(
      hash: .init(repeating: byte, count: 32),
      event: forum,
      displayName: "Tablet",
      profile: .lane,
      checkpoints: [],
      isSupervisor: false,
      expiresAt: now + .seconds(600)
    )
  }
}
