package import LanyardAPI
package import LanyardDomain
import LanyardTexts

extension LaneDesk {
  /// Takes in how the lane stands now.
  package mutating func refresh(_ lane: Lane.Standing, at now: DeviceMoment) {
    if !lane.erased.isEmpty { forget(lane.erased) }
    if !lane.undone.isEmpty { markUndone(lane.undone) }
    if let plan = lane.plan { take(plan) }
    if let zone = lane.zone, !knowsPlace { self.zone = VenueTime(zone: zone) }
    if let mayOverride = lane.mayOverride { self.mayOverride = mayOverride }
    ahead = lane.now - now.wall
    view.clock = zone.timeWithSeconds(lane.now)
    // A lane that is shut out forgets its event, and stands in the rehearsal all the same.
    if lane.isRehearsal || !lane.isShutOut { isRehearsal = lane.isRehearsal }
    view.rehearsal = isRehearsal ? .moment(lane.now, zone) : nil
    if lane.isShutOut && !view.link.isShutOut { forgetEverybody() }
    if view.last != nil, now.running - answeredAt >= readyAfter { retire() }
    view.isReading = !batches.isEmpty || controls.readingSince.map { now.running - $0 < readyAfter } == true
    view.direction = phrasebook.text(controls.direction?.title ?? Sentence(.directionAsDoor))
    view.link = link(lane)
    view.prompt = controls.prompt
    if view.prompt?.choices == choices {
      let made = found.map(parts)
      view.prompt?.parts = made
    }
    view.offersOutAndIn = mayLetOutAndIn
    // The most pressing first; what the operator did is said before all else.
    let known = lane.shutOut ?? lane.missingTimeZone ?? lane.trouble ?? lane.notice
    let told = [lane.oldKnowledge(zone), known].compactMap { $0.map { phrasebook.text($0) } }
    view.notice = controls.notice ?? (told.isEmpty ? nil : told.joined(separator: " "))
    count(lane)
  }

  /// Takes in how many are inside by the server, and the limit; nil while it tells none.
  package mutating func take(_ counts: Lanyard_V1_Attendance.CheckpointAttendance?) {
    watched = counts.map { (Int($0.areaInside), $0.hasCapacity ? Int($0.capacity) : nil) }
  }

  private func link(_ lane: Lane.Standing) -> LaneView.Link {
    switch lane.state {
    case .connecting: .connecting
    case .online: lane.waiting == 0 ? .online : .uploading(waiting: lane.waiting)
    case .uploading(let waiting): .uploading(waiting: waiting)
    case .offline(let since, let waiting): .offline(since: zone.timeOfDay(since), waiting: waiting)
    case .refused: .refused(waiting: lane.waiting)
    case .revoked: .revoked(waiting: lane.waiting)
    }
  }

  /// Shows how many are inside: by the server, or by the lane's own record while it is not reached.
  private mutating func count(_ lane: Lane.Standing) {
    if lane.state == .online, let watched {
      (view.inside, view.capacity) = watched
    } else if let own = lane.headcount {
      (view.inside, view.capacity) = (own.inside, own.capacity)
    }
  }
}

extension Lane.Standing {
  /// Whether the server lets the lane in no more.
  fileprivate var isShutOut: Bool { shutOut != nil }
}
