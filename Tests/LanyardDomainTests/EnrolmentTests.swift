import LanyardDomain
import Testing

@Suite("An enrolment") struct EnrolmentTests {
  private static let now = at("2024-05-27T08:00:00Z")
  private static let end = now + .seconds(600)

  private static func enrolment(promising promise: Enrolment.Promise? = nil) -> Enrolment {
    Enrolment(
      id: "code",
      event: "forum",
      displayName: "Tablet",
      profile: .door,
      checkpoints: ["lane-1"],
      isSupervisor: true,
      expiresAt: end,
      promise: promise
    )
  }

  private static func device(_ id: String, enrolledAt: Instant = now) -> Device {
    Device(
      id: id,
      event: "forum",
      displayName: "Tablet",
      profile: .door,
      checkpoints: ["lane-1"],
      isSupervisor: true,
      enrolledAt: enrolledAt
    )
  }

  private static let promise = Enrolment.Promise(device: "a", request: 5, certificateEndsAt: end + .seconds(3600))

  @Test("Promises its place to who shows the code, and to another who shows it before the device called")
  func promises() throws {
    #expect(
      try Self.enrolment().answer(5, enrolled: nil, id: "a", at: Self.now) == .promise(Self.device("a"))
    )
    let promised = Self.enrolment(promising: Self.promise)
    #expect(try promised.answer(6, enrolled: nil, id: "b", at: Self.now) == .promise(Self.device("b")))
  }

  @Test("Answers the same request as before, once the device is on record too")
  func again() throws {
    let promised = Self.enrolment(promising: Self.promise)
    #expect(try promised.answer(5, enrolled: nil, id: "b", at: Self.now) == .same(Self.device("a")))
    let enrolled = Self.device("a", enrolledAt: Self.now - .seconds(60))
    #expect(try promised.answer(5, enrolled: enrolled, id: "b", at: Self.now) == .same(enrolled))
  }

  @Test("Is used up by the device's first call, and over when the code runs out")
  func refused() {
    let promised = Self.enrolment(promising: Self.promise)
    #expect(throws: DeviceRefused.code) {
      try promised.answer(6, enrolled: Self.device("a"), id: "b", at: Self.now)
    }
    for enrolled in [nil, Self.device("a")] {
      #expect(throws: DeviceRefused.code) { try promised.answer(5, enrolled: enrolled, id: "b", at: Self.end) }
    }
    #expect(throws: Never.self) { try promised.answer(5, enrolled: nil, id: "b", at: Self.end - .microseconds(1)) }
  }

  @Test("Puts the promised device on record with the certificate that it got, until the code runs out")
  func confirmed() {
    let promised = Self.enrolment(promising: Self.promise)
    var device = Self.device("a")
    device.certificateEndsAt = Self.promise.certificateEndsAt
    #expect(promised.confirmed(at: Self.now) == device)
    #expect(promised.confirmed(at: Self.end) == nil)
    #expect(Self.enrolment().confirmed(at: Self.now) == nil)
  }

  @Test("Is over when the code is withdrawn, for who was promised its place too; one that was used is not")
  func withdrawn() throws {
    let promised = Self.enrolment(promising: Self.promise)
    let withdrawn = try promised.withdrawn(at: Self.now, enrolled: nil)
    #expect(withdrawn.withdrawnAt == Self.now && withdrawn.confirmed(at: Self.now) == nil)
    for moment in [Self.now, Self.end] {
      #expect(throws: DeviceRefused.codeWithdrawn) { try withdrawn.answer(5, enrolled: nil, id: "b", at: moment) }
    }
    // Again keeps the first time, and what has run out stays as it is.
    #expect(try withdrawn.withdrawn(at: Self.now + .seconds(9), enrolled: nil) == withdrawn)
    #expect(try promised.withdrawn(at: Self.end, enrolled: nil) == promised)
    for code in [promised, withdrawn] {
      #expect(throws: DeviceRefused.codeUsed(.device("a", of: "forum"))) {
        try code.withdrawn(at: Self.end, enrolled: Self.device("a"))
      }
    }
  }

  @Test("Gives a revoked device no certificate; revoking again keeps the first time")
  func revoked() throws {
    let device = Self.device("a")
    #expect(try device.certified(until: Self.end).certificateEndsAt == Self.end)
    let revoked = device.revoked(at: Self.now)
    #expect(revoked.revokedAt == Self.now && revoked.revoked(at: Self.end) == revoked)
    #expect(throws: DeviceRefused.revoked) { try revoked.certified(until: Self.end) }
  }

  @Test("Keeps what a device said of its clock until it says something else")
  func report() {
    func report(_ version: String, _ offset: Duration?) -> DeviceReport {
      DeviceReport(version: version, scansWaiting: 3, clockOffset: offset, receivedAt: Self.now)
    }
    let device = Self.device("a")
    #expect(device.version.isEmpty)
    let first = device.reporting(report("1", .seconds(-7)))
    #expect(first.report == report("1", .seconds(-7)))
    let second = first.reporting(report("2", nil))
    #expect(second.report == report("2", .seconds(-7)) && second.version == "2")
    #expect(second.reporting(report("2", .zero)).report?.clockOffset == .zero)
  }

  @Test("Makes one device at most, whoever shows the code in whatever order", arguments: 0..<20 as Range<UInt64>)
  func whoever(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var (now, promise, enrolled) = (Self.now, Enrolment.Promise?.none, [String: Device]())
    for step in 0..<60 {
      now = now + .seconds(Int.random(in: 0...20, using: &generator))
      let enrolment = Self.enrolment(promising: promise)
      if Bool.random(using: &generator) {
        let request = Int64.random(in: 1...3, using: &generator)
        let made = promise.flatMap { enrolled[$0.device] }
        let answer = try? enrolment.answer(request, enrolled: made, id: "device-\(step)", at: now)
        if case .promise(let device)? = answer {
          #expect(enrolled.isEmpty)
          promise = Enrolment.Promise(device: device.id, request: request, certificateEndsAt: nil)
        }
        #expect((answer == nil) == (now >= Self.end || made != nil && promise?.request != request))
      } else if let device = enrolment.confirmed(at: now) {
        #expect(now < Self.end && device.id == promise?.device)
        enrolled[device.id] = device
      }
    }
    #expect(enrolled.count <= 1)
  }
}
