import LanyardDomain
import LanyardTesting
import Testing

@Suite("Taking a scan back")
struct UndoRuleTests {
  private static let person = Key<Registration>(1)
  private static let happened = Instant(seconds: 1_000_000)
  private static let tally = AdmissionFold.TallyKey(checkpoint: Venue.lane1, day: 20_240_527, counted: .refused(.full))

  private func request(by reporter: Reporter = "device", isSupervisor: Bool = false, isFact: Bool = false)
    -> UndoRequest
  {
    UndoRequest(
      scan: UUIDBytes(high: 1, low: 2),
      event: "forum",
      reporter: reporter,
      isSupervisor: isSupervisor,
      note: "why",
      isFact: isFact
    )
  }

  private func scan(
    _ answer: AnswerKind = .admitted,
    event: String = "forum",
    isUndone: Bool = false,
    of registration: Key<Registration>? = person
  ) -> ScanToUndo {
    ScanToUndo(
      event: event,
      reporter: "device",
      moment: Self.happened,
      isUndone: isUndone,
      answer: answer,
      registration: registration,
      tally: answer == .refused ? Self.tally : nil
    )
  }

  private func answer(
    _ scan: ScanToUndo?,
    _ request: UndoRequest,
    after age: Duration = .zero
  ) -> Result<UndoRequest.Answer, UndoRefused> {
    Result { () throws(UndoRefused) in try request.answer(scan, at: Self.happened + age) }
  }

  @Test(
    "Is allowed to the device that made it for a quarter of an hour, and to a supervisor at any time; what is a fact is kept"
  )
  func allowed() {
    let last = UndoRequest.ownTime
    for age in [Duration.seconds(-60), .zero, last, last + .microseconds(1), .seconds(86_400)] {
      for reporter: Reporter in ["device", "other"] {
        let isOwn = reporter == "device"
        let lane = answer(scan(), request(by: reporter), after: age)
        let hasRight = isOwn && age <= last
        func undone(hasRight: Bool = true) -> Result<UndoRequest.Answer, UndoRefused> {
          .success(.undone(passenger: Self.person, tally: nil, hasRight: hasRight))
        }
        #expect(lane == (hasRight ? undone() : .failure(.notAllowed(isOwn: isOwn))))
        #expect(answer(scan(), request(by: reporter, isFact: true), after: age) == undone(hasRight: hasRight))
        for isFact in [false, true] {
          let supervisor = request(by: reporter, isSupervisor: true, isFact: isFact)
          #expect(answer(scan(), supervisor, after: age) == undone())
        }
      }
    }
  }

  @Test("Takes back whose passage it was, or what the refusal was counted as", arguments: AnswerKind.allCases)
  func effects(kind: AnswerKind) {
    let isRefused = kind == .refused
    let tally = isRefused ? Self.tally : nil
    let passenger = isRefused ? nil : Self.person
    #expect(answer(scan(kind), request()) == .success(.undone(passenger: passenger, tally: tally, hasRight: true)))
    #expect(answer(scan(kind, of: nil), request()) == .success(.undone(passenger: nil, tally: tally, hasRight: true)))
  }

  @Test("Withdraws what is not on record, and changes nothing where that was done before, whoever asks")
  func nothing() {
    #expect(answer(nil, request()) == .success(.withdrawn))
    for request in [
      request(), request(by: "other"), request(by: "other", isSupervisor: true), request(by: "other", isFact: true),
    ] {
      let again = answer(scan(isUndone: true), request, after: .seconds(86_400))
      #expect(again == .success(.alreadyUndone(hasRight: request.isSupervisor)))
      #expect(answer(scan(event: "elsewhere"), request) == .failure(.notFound))
      #expect(answer(scan(event: "elsewhere", isUndone: true), request) == .failure(.notFound))
    }
  }
}
