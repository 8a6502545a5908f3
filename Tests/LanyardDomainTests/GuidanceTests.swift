import LanyardDomain
import Testing

@Suite("Guidance for a refusal")
struct GuidanceTests {
  @Test("every reason has a sentence for the operator and one for the participant", arguments: RefusalReason.allCases)
  func sentences(reason: RefusalReason) {
    let guidance = Guidance.of(reason, Guidance.Circumstances())
    for sentence in [guidance.forOperator, guidance.forParticipant] {
      #expect(sentence.hasSuffix("."))
      #expect(sentence.first?.isUppercase == true)
    }
    #expect(guidance.severity == .callSupervisor || !guidance.forOperator.contains("supervisor"))
  }

  @Test("a sentence says what would have helped")
  func circumstances() {
    var known = Guidance.Circumstances()
    (known.opens, known.admittedHere) = ("2024-05-27 09:00", ["UN Agency"])
    (known.admittedBefore, known.admittedThrough) = ("08:31", "Entrance lane 3")
    #expect(Guidance.of(.outsideHours, known).forOperator == "Nobody is admitted here now: from 2024-05-27 09:00.")
    #expect(Guidance.of(.notAdmittedHere, known).forOperator == "Only for: UN Agency.")
    #expect(Guidance.of(.alreadyInside, known).forOperator == "Already inside: since 08:31 through Entrance lane 3.")
  }

  @Test("times are those of the clock on the wall, through its changes")
  func wallClock() {
    let geneva = VenueTime(zone: "Europe/Zurich")
    #expect(geneva.dateAndTime(at("2024-05-27T06:30:00Z")) == "2024-05-27 08:30")
    #expect(geneva.timeOfDay(at("2024-01-15T06:30:00Z")) == "07:30")
    #expect(VenueTime(zone: "Asia/Tokyo").dateAndTime(at("2024-05-27T16:05:00Z")) == "2024-05-28 01:05")
  }
}
