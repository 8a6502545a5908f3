package import LanyardDomain

extension StoreError {
  /// What a rule of badges refused.
  package init(_ refused: BadgeRefused) {
    switch refused {
    case .notConfirmed(let registration, let state): self = .notConfirmed(registration, state: state)
    case .notActive(let badge, let state): self = .badgeNotActive(badge, state)
    case .erased(let registration): self = .erased(registration)
    case .changedMeanwhile: self = .etagMismatch
    }
  }

  /// What a rule of devices refused.
  package init(_ refused: DeviceRefused) {
    switch refused {
    case .code: self = .enrolmentCodeRefused
    case .codeWithdrawn: self = .enrolmentCodeWithdrawn
    case .codeUsed(let device): self = .enrolmentCodeUsed(by: device)
    case .ended(let device): self = .deviceEnded(device)
    case .revoked: self = .deviceRevoked
    }
  }

  /// What the rule of taking scans back refused.
  package init(_ refused: UndoRefused, of request: UndoRequest) {
    switch refused {
    case .notFound: self = .notFound(.checkIn(request.scan, of: request.event))
    case .notAllowed(let isOwn): self = .undoRefused(isOwn: isOwn)
    }
  }
}
