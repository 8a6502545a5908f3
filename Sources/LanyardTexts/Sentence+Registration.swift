package import LanyardDomain

extension Sentence {
  /// Why nobody registers for an event in public now, for who wants to.
  package init(_ refused: RegistrationNotOpen) {
    guard let moment = refused.moment else {
      self.init(.errorRegistrationNever)
      return
    }
    let told: [String: Fact] = ["moment": .moment(moment, VenueTime(zone: refused.timeZone))]
    self.init(refused.phase == .notYet ? .errorRegistrationNotYet : .errorRegistrationOver, told)
  }

  /// Why somebody does not join a session over the network.
  package init(_ refused: NotJoinable) {
    switch refused.cause {
    case .notRemote: self.init(.errorJoinNotRemote)
    case .notConfirmed: self.init(.errorJoinNotConfirmed)
    case .notForThem: self.init(.errorJoinNotForYou)
    case .over: self.init(.errorJoinOver)
    case .tooEarly:
      let moment = refused.moment.map { Fact.moment($0, VenueTime(zone: refused.timeZone ?? .utc)) }
      self.init(.errorJoinTooEarly, ["moment": moment ?? .text("")])
    }
  }
}
