import LanyardAPI
import SwiftProtobuf
import Testing

@testable import LanyardLoad

@Suite("The audit of registrations")
struct RegistrationAuditTests {
  @Test("Finds nothing where each is on record as it was answered, with its badge, or failed")
  func clean() {
    #expect(Self.audit { _ in } == [])
    // One without an answer may be on record, and may not.
    #expect(Self.audit { $0.after.registrations["r/3"] = Self.recorded(3) } == [])
  }

  @Test("Finds each planted fault", arguments: planted.indices)
  func finds(index: Int) {
    let (fault, plant) = Self.planted[index]
    #expect(Self.audit(plant) == [fault])
  }

  @Test("Finds what the server kept otherwise than it was sent, whatever it answered")
  func sentOtherwise() {
    let faults = Self.audit { records in
      records.after.registrations["r/1"]?.givenName = "Other"
      records.made[0].answered?.givenName = "Other"
    }
    #expect(faults == ["r/1 is on record with another given_name"])
  }

  private static let planted: [(String, @Sendable (inout Records) -> Void)] = [
    ("r/1 was answered and is not on record", { $0.after.registrations["r/1"] = nil }),
    ("r/1 is on record with another family_name", { $0.after.registrations["r/1"]?.familyName = "Other" }),
    (
      "r/1 is on record with another stakeholder_group",
      { $0.after.registrations["r/1"]?.stakeholderGroup = "Academia" }
    ),
    ("r/1 is on record with another participation", { $0.after.registrations["r/1"]?.participation = .remote }),
    ("r/1 is on record with another state", { $0.after.registrations["r/1"]?.state = .cancelled }),
    ("One registration is on record as r/1 and r/9", { $0.after.registrations["r/9"] = $0.after.registrations["r/1"] }),
    (
      "r/1 was answered, and r/9 is on record",
      {
        $0.after.registrations["r/9"] = $0.after.registrations.removeValue(forKey: "r/1")
      }
    ),
    ("r/1 has not the badge it got", { $0.after.badges["r/1"] = [badge("b/1", "OTHER")] }),
    ("r/1 has not the badge it got", { $0.after.badges["r/1"] = nil }),
    (
      "r/1 has 2 active badges",
      {
        $0.after.badges["r/1"]?.append(badge("b/9", "NINE"))
      }
    ),
    (
      "r/2 has a badge that nobody asked for",
      {
        $0.after.badges["r/2"] = [badge("b/2", "TWO")]
      }
    ),
    ("Nobody made r/9", { $0.after.registrations["r/9"] = sent(9) }),
    ("r/0 of before the run is gone", { $0.after.registrations["r/0"] = nil }),
    ("r/1 is on record with another photo_consent", { $0.after.registrations["r/1"]?.photoConsent = true }),
    (
      "r/0 of before the run has other badges",
      { $0.after.badges["r/0"]?.append(badge("b/7", "NULL", .revoked)) }
    ),
    (
      "r/0 of before the run has a badge with another state",
      { $0.after.badges["r/0"] = [badge("b/0", "ZERO", .revoked)] }
    ),
    (
      "r/0 of before the run has a badge with another expire_time",
      { $0.after.badges["r/0"]?[0].expireTime.seconds += 86_400 }
    ),
    (
      "r/0 of before the run has a badge with another issue_time", { $0.after.badges["r/0"]?[0].issueTime.seconds += 1 }
    ),
    ("r/0 of before the run has another create_time", { $0.after.registrations["r/0"]?.createTime.seconds -= 3600 }),
    ("r/1 has its badge with another expire_time", { $0.after.badges["r/1"]?[0].expireTime.seconds += 86_400 }),
    ("r/1 has its badge with another attention", { $0.after.badges["r/1"]?[0].attention = .escort }),
    ("r/1 has its badge with another attention_note", { $0.after.badges["r/1"]?[0].attentionNote = "Wait" }),
    ("r/1 is on record with another create_time", { $0.after.registrations["r/1"]?.createTime.seconds -= 3600 }),
    (
      "r/1 shows another name than it was sent with",
      {
        $0.after.registrations["r/1"]?.displayName = "CHANGED"
        $0.made[0].answered?.displayName = "CHANGED"
      }
    ),
    ("r/0 of before the run has another state", { $0.after.registrations["r/0"]?.state = .cancelled }),
  ]

  private struct Records {
    var before = RegisteredPeople()
    var made: [MadeRegistration] = []
    var after = RegisteredPeople()
  }

  private static func sent(_ number: Int) -> Lanyard_V1_Registration {
    .with {
      ($0.email, $0.givenName, $0.familyName) = ("p\(number)@example.org", "ليلى", "منصور \(number)")
      ($0.stakeholderGroup, $0.participation, $0.state) = ("Government", .onsite, .confirmed)
    }
  }

  /// The same with the name that the server makes of it.
  private static func recorded(_ number: Int) -> Lanyard_V1_Registration {
    var recorded = sent(number)
    recorded.displayName = "ليلى منصور \(number)"
    return recorded
  }

  private static func badge(_ name: String, _ code: String, _ state: Lanyard_V1_Badge.State = .active)
    -> Lanyard_V1_Badge
  {
    .with {
      ($0.name, $0.code, $0.state) = (name, code, state)
      $0.issueTime.seconds = 1_700_000_000
      $0.expireTime.seconds = 1_700_400_000
    }
  }

  /// One of before the run, one that was made and has its badge, one that was waitlisted, and one without an answer.
  private static func audit(_ plant: (inout Records) -> Void) -> [String] {
    var records = Records()
    records.before.registrations["r/0"] = sent(0)
    records.after.registrations["r/0"] = sent(0)
    records.before.badges["r/0"] = [badge("b/0", "ZERO")]
    records.after.badges["r/0"] = records.before.badges["r/0"]
    for number in 1...3 {
      var made = MadeRegistration(sent: sent(number))
      var facts = recorded(number)
      if number == 2 { facts.state = .waitlisted }
      if number < 3 {
        (made.name, made.answered) = ("r/\(number)", facts)
        records.after.registrations["r/\(number)"] = facts
      }
      records.made.append(made)
    }
    (records.made[0].badge, records.made[0].asksBadge) = (badge("b/1", "ONE"), true)
    records.after.badges["r/1"] = [badge("b/1", "ONE")]
    plant(&records)
    return RegistrationAudit(before: records.before, made: records.made, after: records.after).faults
  }
}
