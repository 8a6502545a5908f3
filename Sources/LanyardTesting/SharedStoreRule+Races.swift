import LanyardDomain
import LanyardStore
import Testing

/// What two callers ask for in the same moment, each through a handle of its own: whichever comes first, what is on record
/// must be what one after the other would have made.
extension SharedStoreRule {
  private static let forum = StoreRule.forum
  private static let now = StoreRule.now

  static let races: [SharedStoreRule] =
    [
      SharedStoreRule("a code that several devices show at once makes one device") { first, second in
        let code = try await code(1, first)
        let outcomes = await StoreRule.atOnce(20) { number -> Device? in
          let store = number.isMultiple(of: 2) ? first : second
          let promised = try await store.enrol(.test(now), codeHash: code.hash, request: Int64(number))
          return try await store.confirmDevice(.test(now), promised.id)
        }
        var enrolled: [Device] = []
        for outcome in outcomes {
          switch outcome {
          case .success(let device): enrolled += [device].compactMap { $0 }
          case .failure(let error): #expect(error as? StoreError == .enrolmentCodeRefused)
          }
        }
        #expect(enrolled.count == 1)
        let listed = try await second.devices(of: forum, PageRequest(size: 5)).items
        #expect(listed == enrolled)
        #expect(try await words("device.enrolled", first).count == 1)
      },
      SharedStoreRule("a device that calls for the first time through both comes onto the record once") {
        first,
        second in
        let code = try await code(1, first)
        let promised = try await first.enrol(.test(now), codeHash: code.hash, request: 1)
        let outcomes = await StoreRule.atOnce(20) { number in
          try await (number.isMultiple(of: 2) ? first : second).confirmDevice(.test(now), promised.id)
        }
        for outcome in outcomes { #expect(try outcome.get()?.id == promised.id) }
        #expect(try await words("device.enrolled", first).count == 1)
      },
      SharedStoreRule("no device gets a certificate after it was revoked") { first, second in
        for round in 1...10 {
          let code = try await code(UInt8(round), first)
          let device = try await first.enrol(.test(now), codeHash: code.hash, request: 1)
          _ = try await first.confirmDevice(.test(now), device.id)
          let outcomes = await StoreRule.atOnce(8) { number -> Bool in
            if number == 4 {
              _ = try await second.revokeDevice(.test(now), device.id, of: forum)
              return false
            }
            let end = now + .seconds(3600 + number)
            try await first.noteCertificate(.test(now), of: device.id, endsAt: end)
            return true
          }
          var given = 0
          for outcome in outcomes {
            switch outcome {
            case .success(let isGiven): given += isGiven ? 1 : 0
            case .failure(let error): #expect(error as? StoreError == .deviceRevoked)
            }
          }
          let name = ResourceName.device(device.id, of: forum).description
          let told = try await changes(first).filter { $0.resource == name }.map(\.name)
          let certified = Array(repeating: "device.certified", count: given)
          #expect(told == ["device.promised", "device.enrolled"] + certified + ["device.revoked"])
        }
      },
      SharedStoreRule("a scan that is taken back through both is taken back once") { first, second in
        _ = try await StoreRule.badgeHolders(2, first)
        let scans = [StoreRule.laneScan("CODE1"), StoreRule.laneScan("CODE2")]
        _ = try await first.admit(.test(now), scans, reader: { _ in .unreadable })
        let outcomes = await StoreRule.atOnce(20) { number in
          try await (number.isMultiple(of: 2) ? first : second).undo(.test(now), undo(scans[0].id))
        }
        for outcome in outcomes { #expect(try outcome.get()?.id == scans[0].id) }
        #expect(try await words("check_in.undone", second).count == 1)
        #expect(try await inside(second) == 1)
      },
      SharedStoreRule("a scan that is taken back while it comes in counts for nobody") { first, second in
        _ = try await StoreRule.badgeHolders(10, first)
        for round in 1...10 {
          let scan = StoreRule.laneScan("CODE\(round)")
          let outcomes = await StoreRule.atOnce(2) { number in
            if number == 0 { return try await first.admit(.test(now), [scan], reader: { _ in .unreadable }).count }
            return try await second.undo(.test(now), undo(scan.id)) == nil ? 0 : 1
          }
          for outcome in outcomes { _ = try outcome.get() }
          #expect(try await inside(first) == 0)
        }
      },
      SharedStoreRule("nothing that is noted of a badge stays when its bearer is erased meanwhile") { first, second in
        let holders = try await StoreRule.badgeHolders(10, first)
        for holder in holders {
          let badges = try await first.badges(of: forum, registration: holder.id, PageRequest(size: 5)).items
          let badge = try #require(badges.first)
          let outcomes = await StoreRule.atOnce(6) { number in
            if number == 3 {
              _ = try await second.erase(.test(now), holder.id, of: forum, etag: nil)
              return
            }
            let mark = AttentionChange(attention: .specialNeeds, note: "needs a ramp \(number)")
            _ = try await first.mark(.test(now), badge.serial, of: forum, mark, etag: nil)
          }
          for outcome in outcomes {
            guard case .failure(let error) = outcome else { continue }
            guard case StoreError.erased = error else { throw error }
          }
          let left = try await first.badge(badge.serial, of: forum)
          #expect(left.mark == .none && left.state == .revoked)
        }
      },
    ] + programmeRaces

  private static let programmeRaces: [SharedStoreRule] = [
    SharedStoreRule("an event that is imported through both is made once, and so are its people") { first, second in
      var programme = try StoreRule.forum(capacity: 100)
      programme.events[0].event.slug = "another"
      let outcomes = await StoreRule.atOnce(6) { [programme] number in
        try await (number.isMultiple(of: 2) ? first : second).importProgramme(.test(now), programme)
      }
      #expect(try outcomes.flatMap { try $0.get() }.count { $0.isChanged } == 1)
      #expect(try await second.sessions(of: "another", PageRequest(size: 1000)).items.count == 90)
      let event = try await first.event("another").event
      let rows = try (0..<20).map { try SampleData.person($0).validated(for: event) }
      let imports = await StoreRule.atOnce(6) { number in
        try await (number.isMultiple(of: 2) ? first : second).importRegistrations(.test(now), rows, for: "another")
      }
      let made = try imports.flatMap { try $0.get() }
      #expect(made.count { if case .imported = $0 { true } else { false } } == 20)
      #expect(made.count { $0 == .unchanged } == 100)
      #expect(try await first.event("another").onsiteConfirmed == 20)
    },
    SharedStoreRule("a place that is given back goes to who waited longest, not to who registers meanwhile") {
      first,
      second in
      _ = try await first.importProgramme(.test(), StoreRule.forum(capacity: 1))
      var confirmed = try await StoreRule.register(SampleData.person(0), first)
      var waiting: [Registration] = []
      for number in 1...5 { waiting.append(try await StoreRule.register(SampleData.person(number), first)) }
      for round in 1...5 {
        let outcomes = await StoreRule.atOnce(7) { [confirmed] number in
          if number == 3 {
            return try await second.take(.test(now), .cancel, on: confirmed.id, of: forum, etag: nil)
          }
          return try await StoreRule.register(SampleData.person(round * 10 + number), first)
        }
        let states = try outcomes.map { try $0.get().state }
        #expect(states.count { $0 == .waitlisted } == 6 && states.count { $0 == .cancelled } == 1)
        confirmed = try await second.registration(waiting.removeFirst().id, of: forum)
        #expect(confirmed.state == .confirmed)
        #expect(try await first.event(forum).onsiteConfirmed == 1)
      }
    },
  ]

  private static func code(_ byte: UInt8, _ store: any Store) async throws -> StoredEnrolmentCode {
    let code = StoredEnrolmentCode(
      hash: .init(repeating: byte, count: 32),
      event: forum,
      displayName: "Tablet",
      profile: .lane,
      checkpoints: [],
      isSupervisor: false,
      expiresAt: now + .seconds(600)
    )
    try await store.addEnrolmentCode(.test(now), code)
    return code
  }

  private static func undo(_ scan: UUIDBytes) -> UndoRequest {
    UndoRequest(scan: scan, event: forum, reporter: "device", isSupervisor: false, note: "")
  }

  private static func inside(_ store: any Store) async throws -> Int {
    try await store.attendance(of: forum, checkpoint: nil, at: now).peopleInside
  }

  private static func changes(_ store: any Store) async throws -> [AuditEntry] {
    try await store.auditEntries(AuditFilter(event: forum), PageRequest(size: 1000)).items
  }

  /// The entries of a name.
  private static func words(_ name: String, _ store: any Store) async throws -> [AuditEntry] {
    try await changes(store).filter { $0.name == name }
  }
}
