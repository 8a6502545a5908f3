import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTesting
import SwiftProtobuf
import Testing

/// What clients read is what the server said: every value, as a message and back.
@Suite("A value that clients read is what went out when it comes back") struct RoundTripTests {
  private static let moment = SampleData.firstMorning
  private static let forum = SampleData.forum

  /// The fields that are at fault once a message was changed.
  private static func faults<Message, Value>(
    _ message: Message,
    _ read: (Message) throws(InvalidInput) -> Value,
    _ change: (inout Message) -> Void
  ) -> [String] {
    var message = message
    change(&message)
    do throws(InvalidInput) {
      _ = try read(message)
      return []
    } catch {
      return error.violations.map(\.field)
    }
  }

  // MARK: - Devices

  private static let devices: [Device] = DeviceProfile.allCases.flatMap { profile in
    [nil, moment + .seconds(60)].flatMap { revokedAt -> [Device] in
      let reports = [
        nil,
        DeviceReport(version: "1.2", scansWaiting: 0, clockOffset: nil, receivedAt: moment),
        DeviceReport(
          version: "",
          scansWaiting: 3,
          clockOffset: .milliseconds(-7_500),
          receivedAt: moment,
          endedAt: moment + .seconds(9)
        ),
      ]
      return reports.map { report in
        var device = Device(
          id: "0123456789abcdefghjkmnpqrs",
          event: forum,
          displayName: "Lane 3",
          profile: profile,
          checkpoints: revokedAt == nil ? [] : ["entrance-lane-1", "hall"],
          isSupervisor: revokedAt == nil,
          enrolledAt: moment
        )
        (device.revokedAt, device.report) = (revokedAt, report)
        device.certificateEndsAt = report.map { _ in moment + .seconds(86_400) }
        return device
      }
    }
  }

  @Test("A device, with all that is known of it") func device() throws {
    for device in Self.devices { #expect(try Device(Lanyard_V1_Device(device)) == device) }
    let message = Lanyard_V1_Device(try #require(Self.devices.last))
    func faults(_ change: (inout Lanyard_V1_Device) -> Void) -> [String] {
      Self.faults(message, { message throws(InvalidInput) in try Device(message) }, change)
    }
    #expect(faults { _ in } == [])
    #expect(faults { $0.profile = .UNRECOGNIZED(9) } == ["profile"])
    #expect(faults { $0.state = .unspecified } == ["state"])
    #expect(faults { $0.clearRevokeTime() } == ["revoke_time"])
    #expect(faults { $0.revokeTime.nanos = -1 } == ["revoke_time"])
    #expect(faults { $0.checkpoints = ["hall"] } == ["checkpoints[0]"])
    #expect(faults { $0.clockOffset.nanos = 1 } == ["clock_offset"])
    #expect(faults { $0.scansWaiting = -1 } == ["scans_waiting"])
  }

  @Test("A code to enrol with, but for whom its place is promised to", arguments: DeviceProfile.allCases)
  func enrolment(profile: DeviceProfile) throws {
    for withdrawnAt in [nil, Self.moment] {
      let code = Enrolment(
        id: "code-1",
        event: Self.forum,
        displayName: "Tablet",
        profile: profile,
        checkpoints: ["hall"],
        isSupervisor: true,
        expiresAt: Self.moment + .seconds(600),
        withdrawnAt: withdrawnAt,
        promise: nil
      )
      #expect(try Enrolment(Lanyard_V1_EnrolmentCode(code)) == code)
    }
  }

  // MARK: - Badges and registrations

  @Test("A badge in each state, with each mark", arguments: BadgeState.allCases) func badge(state: BadgeState) throws {
    for attention in Attention.allCases {
      var badge = Badge(
        serial: BadgeSerial(0xd1c2_b3a4_9586_7701),
        event: Self.forum,
        registration: "r1",
        code: "LY1X",
        state: state,
        keyID: 7,
        issuedAt: Self.moment,
        validity: Self.moment..<Self.moment + .seconds(86_400),
        mark: AttentionMark(attention: attention, note: "call first"),
        revision: 12
      )
      (badge.listedNeeds, badge.revocationNote) = ("wheelchair", "lost")
      badge.printedAt = attention == .none ? nil : Self.moment + .seconds(5)
      let message = Lanyard_V1_Badge(badge)
      #expect(try Badge(message) == badge)
      func faults(_ change: (inout Lanyard_V1_Badge) -> Void) -> [String] {
        Self.faults(message, { message throws(InvalidInput) in try Badge(message) }, change)
      }
      #expect(faults { $0.state = .UNRECOGNIZED(9) } == ["state"])
      #expect(faults { $0.attention = .UNRECOGNIZED(9) } == ["attention"])
      #expect(faults { $0.expireTime = $0.validFromTime } == ["expire_time"])
      for tag in ["", "\"", "12", "\"012\"", "\"x\""] { #expect(faults { $0.etag = tag } == ["etag"], "\(tag)") }
    }
  }

  @Test("A registration in each state", arguments: RegistrationState.allCases)
  func registration(state: RegistrationState) throws {
    for participation in Participation.allCases {
      var details = RegistrationDetails(
        person: Person(),
        stakeholderGroup: "Academia",
        guestRole: "Speaker",
        participation: participation,
        days: [SampleData.day(3)],
        answers: Answers()
      )
      for field in PersonField.allCases { details.person[field] = "\(field.rawValue) 会" }
      (details.answers.accessibilityNeeds, details.answers.photoConsent) = ("ramp", true)
      let registration = Registration(
        id: "r1",
        event: Self.forum,
        state: state,
        details: details,
        createdAt: Self.moment,
        updatedAt: Self.moment + .seconds(1),
        revision: 3,
        erasedAt: participation == .remote ? Self.moment + .seconds(2) : nil
      )
      #expect(try Registration(Lanyard_V1_Registration(registration)) == registration)
      let faults = Self.faults(
        Lanyard_V1_Registration(registration),
        { message throws(InvalidInput) in try Registration(message, under: "registrations.") },
        { ($0.state, $0.days) = (.unspecified, ["tomorrow"]) }
      )
      #expect(faults == ["registrations.days[0]"])
    }
  }

  // MARK: - Attendance

  @Test("Headcounts, with every reason of a refusal") func attendance() throws {
    var checkpoint = AttendanceCounts.Checkpoint(
      id: "hall",
      displayName: "Hall",
      capacity: 40,
      inside: 3,
      areaInside: 5,
      admitted: 9,
      left: 6,
      refused: Dictionary(uniqueKeysWithValues: RefusalReason.allCases.enumerated().map { ($1, $0 + 1) })
    )
    (checkpoint.isClosed, checkpoint.session) = (true, AttendanceCounts.AtSession(id: "s1", title: "Opening"))
    let other = AttendanceCounts.Checkpoint(id: "gate", displayName: "Gate", capacity: nil)
    let counts = AttendanceCounts(timeZone: "Europe/Zurich", checkpoints: [other, checkpoint], peopleInside: 8)
    let message = Lanyard_V1_Attendance(counts, of: Self.forum, at: Self.moment, isRehearsal: true)
    let told = try ToldAttendance(message)
    #expect(told.counts == counts && told.event == Self.forum && told.readAt == Self.moment && told.isRehearsal)
    func faults(_ change: (inout Lanyard_V1_Attendance) -> Void) -> [String] {
      Self.faults(message, { message throws(InvalidInput) in try ToldAttendance(message) }, change)
    }
    #expect(faults { $0.checkpoints[1].refused[0].reason = .UNRECOGNIZED(99) } == ["checkpoints[1].refused[0].reason"])
    #expect(faults { $0.checkpoints[1].capacity = 0 } == ["checkpoints[1].capacity"])
    #expect(faults { $0.checkpoints[0].checkpoint = "events/other/checkpoints/gate" } == ["checkpoints[0].checkpoint"])
    #expect(faults { $0.timeZone = "Mars/Olympus" } == ["time_zone"])
  }

  @Test("How many came on a day, by each of what they are counted apart", arguments: AttendanceGrouping.allCases)
  func summary(grouping: AttendanceGrouping) throws {
    let isSession = grouping == .session
    let summary = AttendanceSummary(
      day: SampleData.day(3),
      grouping: grouping,
      groups: ["a": .init(came: 3), "b": .init(came: 2, confirmed: 5, expected: 4)],
      fills: isSession
        ? ["a": .init(inAll: 4, most: 3, capacity: nil), "b": .init(inAll: 2, most: 1, capacity: 9)] : [:],
      all: .init(came: 5, confirmed: 7, expected: 6)
    )
    let found = SummarizedAttendance(
      summary: summary,
      sessionTitles: ["a": "Opening"],
      timeZone: "Europe/Zurich",
      terms: .none
    )
    var message = Lanyard_V1_AttendanceSummary(found, of: Self.forum, in: .english)
    message.rehearsal = true
    let told = try ToldSummary(message)
    #expect(told.summary == summary && told.event == Self.forum && told.isRehearsal)
    #expect(told.names == (isSession ? ["Opening", ""] : ["", ""]))
    let faults = Self.faults(
      message,
      { message throws(InvalidInput) in try ToldSummary(message) },
      { $0.grouping = .UNRECOGNIZED(9) }
    )
    #expect(faults == ["grouping"])
  }

  private static func attendee(_ attention: Attention, badge: BadgeSerial?) -> Attendee {
    Attendee(
      registration: "r1",
      displayName: "Ada 会",
      organisation: "ETH",
      group: "Academia",
      role: "Speaker",
      badge: badge,
      mark: AttentionMark(attention: attention, note: "call first"),
      language: attention == .none ? nil : .arabic
    )
  }

  @Test("Who is inside, and who was found by name", arguments: Attention.allCases)
  func people(attention: Attention) throws {
    let places = ["gate", "hall"].enumerated().map { number, id in
      PersonInside.Place(
        checkpoint: id,
        displayName: id,
        area: "area-\(id)",
        admittedAt: Self.moment + .seconds(number)
      )
    }
    let person = PersonInside(attendee: Self.attendee(attention, badge: nil), country: "CH", places: places)
    let message = Lanyard_V1_PersonInside(person, of: Self.forum, .none, in: .english)
    #expect(try PersonInside(message) == person)
    func faults(_ change: (inout Lanyard_V1_PersonInside) -> Void) -> [String] {
      Self.faults(message, { message throws(InvalidInput) in try PersonInside(message, under: "people.") }, change)
    }
    #expect(faults { $0.places = [] } == ["people.places"])
    #expect(faults { $0.places[1].admitTime.nanos = -1 } == ["people.places[1].admit_time"])
    #expect(faults { $0.attendee.attention = .UNRECOGNIZED(9) } == ["people.attendee.attention"])
    for state in RegistrationState.allCases {
      for (participation, badge) in [(Participation.onsite, BadgeSerial(9)), (.remote, nil)] {
        let found = FoundAttendee(
          attendee: Self.attendee(attention, badge: badge),
          country: "CH",
          participation: participation,
          state: state,
          isInside: badge != nil
        )
        let match = Lanyard_V1_SearchAttendeesResponse.Match(found, of: Self.forum, .none, in: .english)
        #expect(try FoundAttendee(match) == found)
      }
    }
  }

  // MARK: - Scans

  @Test("A reading, as the server takes it") func scan() throws {
    let door = CheckpointAddress(event: Self.forum, checkpoint: "entrance-lane-1")
    let id = UUIDBytes.timeOrdered(at: Self.moment)
    let note = OverrideNote(note: "lunch", operatorName: "AB")
    func submitted(_ scan: Lanyard_V1_Scan) throws -> SubmittedScan {
      try SubmittedScan(scan, at: door, reporter: "r", received: Self.moment + .seconds(9), under: "")
    }
    for direction in [nil] + Direction.allCases {
      let plain = try submitted(
        Lanyard_V1_Scan(id: id, code: "LY1X", direction: direction, scannedAt: Self.moment, override: note)
      )
      #expect(plain.id == id && plain.code == "LY1X" && plain.direction == direction && plain.badge == nil)
      #expect(plain.scannedAt == Self.moment && plain.override == note && plain.missedExit == nil)
    }
    let badge = ResourceName.badge(BadgeSerial(9), of: Self.forum)
    let out = try submitted(
      Lanyard_V1_Scan(
        id: id,
        code: "",
        badge: badge,
        direction: .out,
        scannedAt: nil,
        missedExit: note,
        missedExitAfter: Self.moment
      )
    )
    #expect(out.badge == BadgeSerial(9) && out.scannedAt == Self.moment + .seconds(9))
    #expect(out.missedExit == note && out.missedExitAfter == Self.moment)
  }

  @Test("Who reported a scan, and what that is", arguments: [nil] + Reporter.Kind.allCases)
  func reporter(kind: Reporter.Kind?) throws {
    let reporter = Reporter(kind, id: "r")
    var message = Lanyard_V1_CheckIn.with {
      $0.scanID = UUIDBytes.timeOrdered(at: Self.moment).description
      $0.checkpoint = ResourceName.checkpoint("hall", of: Self.forum).description
      ($0.answer, $0.direction) = (.admitted, .in)
      ($0.scanTime, $0.receiveTime) = (Google_Protobuf_Timestamp(Self.moment), Google_Protobuf_Timestamp(Self.moment))
      ($0.reporter, $0.reporterKind) = ("r", kind?.wire ?? .unspecified)
    }
    #expect(try AnsweredScan(message).reporter == reporter)
    let undo = RecordedScan.Undo(at: Self.moment, reporter: reporter, note: "")
    let withdrawn = Lanyard_V1_CheckIn(withdrawn: .timeOrdered(at: Self.moment), of: Self.forum, undo)
    message.undo = withdrawn.undo
    #expect(try AnsweredScan(message).undo == undo)
    message.reporterKind = .UNRECOGNIZED(9)
    let refused = #expect(throws: InvalidInput.self) { try AnsweredScan(message) }
    #expect(refused?.violations.map(\.field) == ["reporter_kind"])
  }

  @Test("The admission that a refusal names, and till when somebody can have gone out since")
  func earlier() throws {
    let message = Lanyard_V1_CheckIn.with {
      $0.earlier.checkpoint = ResourceName.checkpoint("hall", of: Self.forum).description
      $0.earlier.checkpointDisplayName = "Hall"
      $0.earlier.admitTime = Google_Protobuf_Timestamp(Self.moment)
    }
    let earlier = try #require(try RecordedScan.Earlier(of: message))
    #expect(earlier == RecordedScan.Earlier(checkpoint: "hall", displayName: "Hall", admittedAt: Self.moment))
    #expect(earlier.missedExitAfter(isOffline: false) == Self.moment)
    #expect(earlier.missedExitAfter(isOffline: true) == Self.moment + .seconds(1))
    #expect(try RecordedScan.Earlier(of: Lanyard_V1_CheckIn()) == nil)
  }

  // MARK: - Lengths

  @Test("A length, to the nanosecond, and none that is none") func lengths() throws {
    for length in [Duration.zero, .nanoseconds(1), .milliseconds(-1_500), .seconds(90), .seconds(315_576_000_000)] {
      let message = Google_Protobuf_Duration(length)
      #expect(try message.length(field: "f") == length && Duration(shown: message) == length)
    }
    let strange = [
      Google_Protobuf_Duration(seconds: .max), .init(seconds: .min, nanos: -1), .init(seconds: 1, nanos: -1),
      .init(seconds: 0, nanos: 1_000_000_000), .init(seconds: 315_576_000_000, nanos: 1),
    ]
    for message in strange {
      let refused = #expect(throws: InvalidInput.self) { try message.length(field: "f") }
      #expect(refused?.violations.map(\.field) == ["f"])
    }
    let half = Google_Protobuf_Duration(.milliseconds(60_500))
    #expect(throws: InvalidInput.self) { try half.length(in: .zero ... .seconds(60), field: "f") }
    #expect(try half.length(in: .zero ... .seconds(61), field: "f") == .milliseconds(60_500))
    #expect(Duration(shown: .init(seconds: .max)) == .seconds(315_576_000_000))
  }
}
