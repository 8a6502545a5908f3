import Foundation
import GRDB
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardSQLite
@testable import LanyardStore

/// Where a store keeps others from writing only by the rows of the feed that it takes, as PostgreSQL does.
@Suite("Taking rows of the feed", .blocking)
struct FeedScopeTests {
  private static let now = SampleData.firstMorning
  private static let forum = SampleData.forum
  private static let hash = [UInt8](repeating: 7, count: 32)

  @Test(
    "A code that another request was promised meanwhile is that one's no more, and never both devices are confirmed"
  )
  func promise() async throws {
    try await Self.withStores { late, other in
      try await other.addEnrolmentCode(.test(), Self.code)
      let other = other
      let devices = Devices()
      late.next { await devices.add(try await other.enrol(.test(Self.now), codeHash: Self.hash, request: 1)) }
      await devices.add(try await late.enrol(.test(Self.now), codeHash: Self.hash, request: 2))
      // The later one has the place, and its facts are those of after the first.
      let (first, second) = (await devices.list[0], await devices.list[1])
      #expect(try await other.confirmDevice(.test(Self.now), first.id) == nil)
      #expect(try await other.confirmDevice(.test(Self.now), second.id)?.id == second.id)
    }
  }

  @Test("A code that was used up meanwhile is promised to nobody")
  func usedUp() async throws {
    try await Self.withStores { late, other in
      try await other.addEnrolmentCode(.test(), Self.code)
      let device = try await other.enrol(.test(Self.now), codeHash: Self.hash, request: 1)
      late.next { _ = try await other.confirmDevice(.test(Self.now), device.id) }
      await #expect(throws: StoreError.enrolmentCodeRefused) {
        try await late.enrol(.test(Self.now), codeHash: Self.hash, request: 2)
      }
      #expect(try await other.device(device.id) != nil)
    }
  }

  @Test("A device that was confirmed meanwhile is confirmed once")
  func confirmed() async throws {
    try await Self.withStores { late, other in
      try await other.addEnrolmentCode(.test(), Self.code)
      let device = try await other.enrol(.test(Self.now), codeHash: Self.hash, request: 1)
      late.next { _ = try await other.confirmDevice(.test(Self.now), device.id) }
      let confirmed = try await late.confirmDevice(.test(Self.now + .seconds(1)), device.id)
      #expect(confirmed?.enrolledAt == Self.now)
      #expect(try await other.devices(of: Self.forum, PageRequest(size: 5)).items.count == 1)
    }
  }

  @Test("A device that was revoked meanwhile gets no certificate, and what it says of itself is kept from none")
  func revoked() async throws {
    try await Self.withStores { late, other in
      let device = try await Self.device(other)
      late.next { _ = try await other.revokeDevice(.test(Self.now), device.id, of: Self.forum) }
      await #expect(throws: StoreError.deviceRevoked) {
        try await late.noteCertificate(.test(Self.now), of: device.id, endsAt: Self.now + .seconds(60))
      }
      let known = try #require(try await other.device(device.id))
      #expect(known.revokedAt == Self.now && known.certificateEndsAt == nil)
      let report = DeviceReport(version: "2", scansWaiting: 1, clockOffset: nil, receivedAt: Self.now)
      let before = DeviceReport(version: "2", scansWaiting: 0, clockOffset: .seconds(3), receivedAt: Self.now)
      late.next { try await other.note(.test(Self.now), before, of: device.id) }
      try await late.note(.test(Self.now), report, of: device.id)
      #expect(try await other.device(device.id)?.report?.clockOffset == .seconds(3))
      // The version was new to the first alone.
      let updates = try await other.auditEntries(AuditFilter(event: Self.forum), PageRequest(size: 1000)).items
      #expect(updates.count { $0.name == "device.updated" } == 1)
    }
  }

  @Test("An event that another made meanwhile is brought to what the programme says, and is not made twice")
  func importedMeanwhile() async throws {
    try await Self.withStores(isEmpty: true) { late, other in
      late.next { _ = try await other.importProgramme(.test(), SampleData.programme()) }
      let imported = try await late.importProgramme(.test(), SampleData.programme())
      #expect(imported.map(\.isChanged) == [false, false])
      #expect(try await other.events(PageRequest(size: 10)).items.count == 2)
    }
  }

  @Test("A request id that was used for another event meanwhile is refused as used")
  func requestOfTwoEvents() async throws {
    try await Self.withStores { late, other in
      let request = RequestIdentity(id: .timeOrdered(at: Self.now), fingerprint: 5)
      let details = try SampleData.person(1).validated(for: await late.event(Self.forum).event)
      let forum = try await late.read { session in (Self.forum, try EventKey.find(Self.forum, session)) }
      _ = try await other.register(.test(Self.now), details, for: "wsis20-ocp", request: request)
      // As it is where the other event's registration is committed between the look-up and this.
      await #expect(throws: StoreError.requestIDReused) {
        try await late.write(.test(Self.now), of: .event(Self.forum)) { session, trail in
          try RegistrationRow.add(details, .submitted, of: forum, request: request, needs: "", trail, session)
        }
      }
    }
  }

  @Test("Keeps every rule of two handles on one store", arguments: SharedStoreRule.all)
  func keepsShared(rule: SharedStoreRule) async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appending(path: "lanyard.sqlite").path
      let store = try LateLockingStore(path: path)
      _ = try await store.importProgramme(.test(), SampleData.programme())
      try await rule.check(store, LateLockingStore(path: path))
      #expect(try SQLiteStore.verify(fileAt: path)?.broken == nil)
    }
  }

  @Test("A row of the feed is taken in no transaction that only reads")
  func readsTakeNothing() async throws {
    try await Self.withStores { late, _ in
      await #expect(throws: StoreError.self) { try await late.store.read { try $0.takeFeed(of: Self.forum)?.last } }
    }
  }

  @Test("What a transaction asks of a feed whose row it did not take is a programmer's error")
  func takesBeforeItReads() async throws {
    try await Self.withStores { late, _ in
      await #expect(throws: StoreError.self) {
        try await late.write(.test(), of: .event(Self.forum)) { _, trail in try trail.feed.key(of: "wsis20-ocp") }
      }
      await #expect(throws: StoreError.self) {
        try await late.write(.test(), of: .event(Self.forum)) { _, trail in try trail.record(.storeRenamed()) }
      }
    }
  }

  // MARK: -

  /// Keeps devices in the order in which they were promised.
  private actor Devices {
    private(set) var list: [Device] = []
    func add(_ device: Device) { list.append(device) }
  }

  private static let code = StoredEnrolmentCode(
    hash: hash,
    event: forum,
    displayName: "Tablet",
    profile: .lane,
    checkpoints: [],
    isSupervisor: false,
    expiresAt: now + .seconds(600)
  )

  private static func device(_ store: some Store) async throws -> Device {
    try await store.addEnrolmentCode(.test(), code)
    let device = try await store.enrol(.test(now), codeHash: hash, request: 1)
    return try #require(try await store.confirmDevice(.test(now), device.id))
  }

  private static func withStores(
    isEmpty: Bool = false,
    _ body: @Sendable (LateLockingStore, SQLiteStore) async throws -> Void
  ) async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appending(path: "lanyard.sqlite").path
      let other = try SQLiteStore(path: path)
      if !isEmpty { _ = try await other.importProgramme(.test(), SampleData.programme()) }
      try await body(LateLockingStore(path: path), other)
      #expect(try SQLiteStore.verify(fileAt: path)?.broken == nil)
    }
  }
}
