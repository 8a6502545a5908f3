package import LanyardDomain

extension StoreError {
  /// What a rule of registrations refused.
  package init(_ refused: RegistrationRefused) {
    switch refused {
    case .alreadyRegistered: self = .alreadyRegistered
    case .rejectedBefore: self = .rejectedBefore
    case .requestIDReused: self = .requestIDReused
    case .changedMeanwhile: self = .etagMismatch
    case .step(let step): self = .stepRefused(step)
    }
  }
}
