import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardScanner
import LanyardTexts
import SwiftProtobuf

/// A device as a line of a list.
struct DeviceLine {
  let text: String

  /// - Parameter now: The server's time; nil where it is not known, and so not who is silent.
  /// - Throws: `InvalidInput` where its state or profile is none that this version knows.
  init(_ device: Lanyard_V1_Device, clock: EventClock, now: Instant?) throws(InvalidInput) {
    let profile = try DeviceProfile(device.profile, field: "profile")
    func at(_ key: Sentence.Key, _ time: Google_Protobuf_Timestamp) -> Sentence {
      Sentence(key, ["time": clock.fact(time)])
    }
    let state = try DeviceState(device.state, field: "state")
    var parts: [Sentence]
    switch state {
    case .active: parts = [Sentence(.listActive)]
    case .revoked: parts = [at(.listRevoked, device.revokeTime)]
    }
    if device.supervisor { parts.append(Sentence(.listSupervisor)) }
    if profile.scans { parts.append(Self.places(device.checkpoints)) }
    parts.append(device.hasLastSeenTime ? at(.listSeen, device.lastSeenTime) : Sentence(.listNeverSeen))
    if device.hasEndTime { parts.append(at(.listEnded, device.endTime)) }
    if state == .active, device.hasLastSeenTime, let now,
      let silence = profile.silence(
        since: Instant(shown: device.lastSeenTime),
        hasEnded: device.hasEndTime,
        at: now
      )
    {
      parts.append(Self.silent(silence))
    }
    if !device.version.isEmpty { parts.append(Sentence(.listVersion, ["version": .text(device.version)])) }
    if device.scansWaiting > 0 { parts.append(Sentence(.listScansWait, ["count": .count(Int(device.scansWaiting))])) }
    let offset = Int(device.clockOffset.seconds)
    if DeviceReport.isWrong(.seconds(device.clockOffset.seconds) + .nanoseconds(Int64(device.clockOffset.nanos))) {
      parts.append(Sentence(offset > 0 ? .listClockAhead : .listClockBehind, ["seconds": .count(abs(offset))]))
    }
    parts.append(at(.listCertificateUntil, device.certificateExpireTime))
    let told = parts.map { Phrasebook.ofSystem.text($0) }
    text = ([ResourcePart.last(of: device.name), profile.rawValue, device.displayName] + told)
      .joined(separator: "  ")
  }

  /// Where it may scan, by ids.
  static func places(_ checkpoints: [String]) -> Sentence {
    let ids = checkpoints.map(ResourcePart.last).joined(separator: ", ")
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
