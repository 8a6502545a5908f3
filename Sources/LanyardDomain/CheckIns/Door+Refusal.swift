extension Door {
  /// Why a badge in order is not for this door at a moment, by the time or the place; nil where it is.
  ///
  /// - Parameter isBooked: Whether the person is; looked at only where that is required.
  func refusal(of holder: BadgeHolder, isBooked: Bool, at now: Instant) -> Refusal? {
    refusedByTime(holder, now) ?? refusedByPlace(holder, isBooked)
  }

  private func refusedByTime(_ holder: BadgeHolder, _ now: Instant) -> Refusal? {
    if now < holder.validity.lowerBound { return Refusal(.notYetValid, opensAt: holder.validity.lowerBound) }
    // What began while the badge was valid goes on past midnight, and what is shut meanwhile is only that.
    let began = openedAt ?? nightOpenedAt
    if now >= holder.validity.upperBound, began.map({ $0 >= holder.validity.upperBound }) ?? true {
      return Refusal(.expired)
    }
    if let refusal = refusedByDay(holder) { return refusal }
    if case .shut(let opensAt) = hours {
      return Refusal(.outsideHours, opensAt: opensAt.flatMap { opening($0, on: holder.days) })
    }
    return nil
  }

  private func refusedByDay(_ holder: BadgeHolder) -> Refusal? {
    isOn(holder.days) ? nil : Refusal(.otherDay, opensAt: nextOpening(of: holder.days))
  }

  private func refusedByPlace(_ holder: BadgeHolder, _ isBooked: Bool) -> Refusal? {
    if !admits(holder.participation) {
      return Refusal(.notAdmittedHere, admittedParticipations: checkpoint.admits.participations)
    }
    if checkpoint.directions == .outOnly || !admitsGroup(of: holder) {
      return Refusal(.notAdmittedHere, admittedHere: admittedHere)
    }
    if requiresBooking && !isBooked { return Refusal(.notBooked) }
    return checkpoint.isClosed ? Refusal(.checkpointClosed) : nil
  }
}
