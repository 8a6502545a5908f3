package import LanyardDomain

extension StoreError {
  /// What a rule of registrations refused.
  package init(_ refused: RegistrationRefused) {
    switch refused {
    case .alreadyRegistered: self = .alreadyRegistered
    case .rejectedBefore: self = .rejectedBefore
    case .requestIDReused: self = .requestIDReused
    case .decisionNeeded: self = .decisionNeeded
    case .noPlace: self = .noPlace
    case .invalid(let input): self = .invalid(input)
    case .erased(let registration, let event): self = .erased(.registration(registration, of: event))
    case .changedMeanwhile: self = .etagMismatch
    case .step(let step): self = .stepRefused(step)
    }
  }
}
