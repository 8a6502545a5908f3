extension Scenario {
  /// The same run in less time: everything happens so many times as soon and as fast, to the same people. What is measured
  /// stays as it is: targets, and what a fault does to a line or a clock while it lasts.
  package func faster(by speed: Double) -> Scenario {
    precondition(speed > 0, "a run takes some time")
    var faster = self
    faster.speed = self.speed * speed
    faster.service = service / speed
    faster.phases = phases.map {
      Phase(name: $0.name, length: $0.length / speed, arrivals: $0.arrivals.faster(by: speed))
    }
    faster.offline = offline.map { OfflineSpell(at: $0.at / speed, length: $0.length / speed, lanes: $0.lanes) }
    faster.faults = faults.map { ScheduledFault(at: $0.at / speed, kind: $0.kind.faster(by: speed)) }
    faster.search = search.map {
      Search(from: $0.from * speed, factor: $0.factor, step: $0.step / speed, steps: $0.steps)
    }
    return faster
  }
}

extension Arrivals {
  fileprivate func faster(by speed: Double) -> Arrivals {
    switch self {
    case .constant(let perSecond): .constant(perSecond: perSecond * speed)
    case .ramp(let from, let to): .ramp(from: from * speed, to: to * speed)
    case .surge: self
    case .replay(let moments): .replay(moments.map { $0 / speed })
    }
  }
}

extension ScheduledFault.Kind {
  fileprivate func faster(by speed: Double) -> ScheduledFault.Kind {
    switch self {
    case .kill(let after): .kill(after: after / speed)
    case .freeze(let length): .freeze(length / speed)
    case .cut(let lanes, let length): .cut(lanes: lanes, length / speed)
    case .blackHole(let lanes, let length): .blackHole(lanes: lanes, length / speed)
    case .slow(let lanes, let delay, let length): .slow(lanes: lanes, by: delay, length / speed)
    case .flap(let lanes, let period, let length): .flap(lanes: lanes, every: period / speed, length / speed)
    case .freezeLane(let lane, let length): .freezeLane(lane, length / speed)
    case .fullDisk(let length): .fullDisk(length / speed)
    case .clockBack: self
    }
  }
}
