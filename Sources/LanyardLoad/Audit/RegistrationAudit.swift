import LanyardAPI
import LanyardDomain
import LanyardMessages

extension Lanyard_V1_Registration {
  /// The address, which is one person's however it is written.
  fileprivate var comparableEmail: String { EmailAddress.key(email) }

  /// When it was made, and when it is to be erased, if another says otherwise.
  fileprivate func differenceOfTimes(from other: Self) -> String? {
    if createTime != other.createTime { return "create_time" }
    return eraseTime == other.eraseTime ? nil : "erase_time"
  }

  /// The first field of who it is of and what it came to in which another differs; nil where none does.
  fileprivate func difference(from other: Self) -> String? {
    if let field = firstDifference(from: other) { return field }
    if displayName != other.displayName { return "display_name" }
    return state == other.state ? nil : "state"
  }
}

extension Lanyard_V1_Registration {
  /// Whether the name that is shown is the one that was sent for the badge, or, as none was, made of both names.
  fileprivate var showsItsName: Bool {
    guard badgeName.isEmpty else { return displayName == badgeName }
    let shown = Array(displayName.unicodeScalars)
    return [givenName, familyName].allSatisfy { $0.isEmpty || shown.contains(Array($0.unicodeScalars)) }
  }
}

extension Lanyard_V1_Badge {
  /// The first field in which another differs; nil where none does.
  fileprivate func difference(from other: Self) -> String? {
    let fields: [(String, Bool)] = [
      ("registration", registration == other.registration), ("code", code == other.code),
      ("state", state == other.state), ("verification_key", verificationKey == other.verificationKey),
      ("issue_time", issueTime == other.issueTime), ("valid_from_time", validFromTime == other.validFromTime),
      ("expire_time", expireTime == other.expireTime), ("attention", attention == other.attention),
      ("attention_note", attentionNote == other.attentionNote),
    ]
    return fields.first { !$0.1 }?.0
  }
}

/// Compares the registrations that a run made with what is on record after it, one by one.
struct RegistrationAudit {
  let before: RegisteredPeople
  let made: [MadeRegistration]
  let after: RegisteredPeople

  /// What is wrong, in words without a person in them.
  var faults: [String] {
    var byAddress: [String: [String]] = [:]
    for (name, facts) in after.registrations where before.registrations[name] == nil {
      byAddress[facts.comparableEmail, default: []].append(name)
    }
    var faults: [String] = []
    for registration in made {
      faults += self.faults(
        of: registration,
        byAddress.removeValue(forKey: registration.sent.comparableEmail)?.sorted() ?? []
      )
    }
    faults += byAddress.values.flatMap(\.self).sorted().map { "Nobody made \($0)" }
    for (name, facts) in before.registrations {
      guard let now = after.registrations[name] else {
        faults.append("\(name) of before the run is gone")
        continue
      }
      if let field = facts.difference(from: now) ?? facts.differenceOfTimes(from: now) {
        faults.append("\(name) of before the run has another \(field)")
      }
      let (badges, others) = (before.badges[name] ?? [], after.badges[name] ?? [])
      if badges.map(\.name) != others.map(\.name) {
        faults.append("\(name) of before the run has other badges")
      } else if let field = zip(badges, others).lazy.compactMap({ $0.difference(from: $1) }).first {
        faults.append("\(name) of before the run has a badge with another \(field)")
      }
    }
    return faults
  }

  private func faults(of made: MadeRegistration, _ names: [String]) -> [String] {
    if names.count > 1 { return ["One registration is on record as \(names.joined(separator: " and "))"] }
    guard let name = names.first, let recorded = after.registrations[name] else {
      return made.name.map { ["\($0) was answered and is not on record"] } ?? []
    }
    if let answered = made.name, answered != name { return ["\(answered) was answered, and \(name) is on record"] }
    var faults: [String] = []
    // What was sent is kept as it was; the server gave the state, and the name to show where none was sent.
    var expected = made.sent
    expected.state = made.answered?.state ?? recorded.state
    if expected.displayName.isEmpty { expected.displayName = recorded.displayName }
    for told in [made.answered, expected].compactMap(\.self) where faults.isEmpty {
      if let field = told.difference(from: recorded) { faults.append("\(name) is on record with another \(field)") }
    }
    if faults.isEmpty, let field = made.answered?.differenceOfTimes(from: recorded) {
      faults.append("\(name) is on record with another \(field)")
    }
    if faults.isEmpty, !recorded.showsItsName { faults.append("\(name) shows another name than it was sent with") }
    let active = (after.badges[name] ?? []).filter { $0.state == .active }
    if active.count > 1 { faults.append("\(name) has \(active.count) active badges") }
    if let badge = made.badge {
      if active.first.map({ ($0.name, $0.code) == (badge.name, badge.code) }) != true {
        faults.append("\(name) has not the badge it got")
      } else if let field = active.first?.difference(from: badge) {
        faults.append("\(name) has its badge with another \(field)")
      }
    } else if !made.asksBadge, !active.isEmpty {
      faults.append("\(name) has a badge that nobody asked for")
    }
    return faults
  }
}
