import LanyardDomain
import LanyardTexts

/// A device as a line of a list.
struct DeviceLine {
  let text: String

  /// - Parameter now: The server's time; nil where it is not known, and so not who is silent.
  init(_ device: Device, clock: EventClock, now: Instant?) {
    func at(_ key: Sentence.Key, _ time: Instant) -> Sentence { Sentence(key, ["time": clock.fact(time)]) }
    var parts = [device.revokedAt.map { at(.listRevoked, $0) } ?? Sentence(.listActive)]
    if device.isSupervisor { parts.append(Sentence(.listSupervisor)) }
    if device.profile.scans { parts.append(Self.places(device.checkpoints)) }
    parts += device.report.map { Self.said($0, at) } ?? [Sentence(.listNeverSeen)]
    if device.state == .active, let report = device.report, let now,
      let silence = device.profile.silence(since: report.receivedAt, hasEnded: report.endedAt != nil, at: now)
    {
      parts.append(Self.silent(silence))
    }
    if let report = device.report { parts += Self.known(report) }
    if let end = device.certificateEndsAt { parts.append(at(.listCertificateUntil, end)) }
    let told = parts.map { Phrasebook.ofSystem.text($0) }
    text = ([device.id, device.profile.spelling, device.displayName] + told).joined(separator: "  ")
  }

  /// When it was last heard of.
  private static func said(_ report: DeviceReport, _ at: (Sentence.Key, Instant) -> Sentence) -> [Sentence] {
    [at(.listSeen, report.receivedAt)] + (report.endedAt.map { [at(.listEnded, $0)] } ?? [])
  }

  /// What it said of itself then.
  private static func known(_ report: DeviceReport) -> [Sentence] {
    var parts: [Sentence] = []
    if !report.version.isEmpty { parts.append(Sentence(.listVersion, ["version": .text(report.version)])) }
    if report.scansWaiting > 0 { parts.append(Sentence(.listScansWait, ["count": .count(report.scansWaiting)])) }
    if let offset = report.clockOffset, DeviceReport.isWrong(offset) {
      let seconds = Int(offset.components.seconds)
      parts.append(Sentence(seconds > 0 ? .listClockAhead : .listClockBehind, ["seconds": .count(abs(seconds))]))
    }
    return parts
  }

  /// Where it may scan, by ids.
  static func places(_ checkpoints: [String]) -> Sentence {
    let ids = checkpoints.joined(separator: ", ")
    return checkpoints.isEmpty ? Sentence(.listEverywhere) : Sentence(.listPlaces, ["places": .text(ids)])
  }

  private static func silent(_ time: Duration) -> Sentence {
    let minutes = Int(time.components.seconds / 60)
    let (key, count): (Sentence.Key, Int) =
      minutes < 120
      ? (.listSilentMinutes, minutes)
      : minutes < 2880 ? (.listSilentHours, minutes / 60) : (.listSilentDays, minutes / 1440)
    return Sentence(key, ["time": .count(count)])
  }
}
