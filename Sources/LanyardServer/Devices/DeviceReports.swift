import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import Logging
import Synchronization

/// Writes down what devices say of themselves: each now and then, and when more or fewer scans wait, or its lane ends.
final class DeviceReports: Sendable {
  private static let interval = Duration.seconds(2)
  /// How often it is written that a device called, beside its reports.
  private static let sightingInterval = Duration.seconds(30)

  private let store: any DeviceStore
  private let clock: ServerClock
  private let logger: Logger
  private let written = Mutex<[String: (at: ContinuousClock.Instant, told: DeviceReport.Told)]>([:])
  /// When it was last written of each device that it called.
  private let sightings = Mutex<[String: ContinuousClock.Instant]>([:])
  /// How far each clock was off when it last said so.
  private let offsets = Mutex<[String: Duration]>([:])

  init(store: any DeviceStore, clock: ServerClock, logger: Logger) {
    self.store = store
    self.clock = clock
    self.logger = logger
  }

  /// Whether a clock is off, and was as much off before: a report that was only long on its way is told of by neither.
  private func isWrong(_ offset: Duration, of device: String) -> Bool {
    let before = offsets.withLock { $0.updateValue(offset, forKey: device) }
    guard DeviceReport.isWrong(offset), let before else { return false }
    return (.seconds(-1)...Duration.seconds(1)).contains(offset - before)
  }

  /// Notes that a device made a call, whatever it was; what cannot be written is logged.
  func saw(_ device: Device, _ act: () -> Act) async {
    let now = ContinuousClock.now
    let isDue = sightings.withLock { sightings in
      if let last = sightings[device.id], last.duration(to: now) < Self.sightingInterval { return false }
      sightings[device.id] = now
      return true
    }
    guard isDue else { return }
    do {
      try await store.noteCall(act(), of: device.id)
    } catch {
      logger.warning(
        "a device's call could not be noted",
        metadata: ["device": "\(device.id)", "cause": "\(error)"]
      )
    }
  }

  /// Notes a report; what cannot be written is logged, since no lane waits for it.
  func note(_ message: Lanyard_V1_DeviceReport, of caller: Caller, _ act: () -> Act) async throws(InvalidInput) {
    guard let device = caller.device else { return }
    let told = try DeviceReport.Told(message, under: "report.")
    let now = ContinuousClock.now
    let isDue = written.withLock { written in
      if let last = written[device.id] {
        let isSame = last.told.scansWaiting == told.scansWaiting && last.told.isEnding == told.isEnding
        if isSame && last.at.duration(to: now) < Self.interval { return false }
        // It was on its way over the lane's stream when the lane ended.
        if told.isOvertaken(by: last.told) { return false }
      }
      written[device.id] = (now, told)
      return true
    }
    guard isDue else { return }
    // Devices do not rehearse: their clocks are compared with the true one.
    let offset = told.deviceTime.map { $0 - ServerClock.system.now }
    if let offset, isWrong(offset, of: device.id) {
      logger.warning("a device's clock is wrong", metadata: ["device": "\(device.id)", "ahead": "\(offset)"])
    }
    let received = clock.now
    let report = DeviceReport(
      version: told.version,
      scansWaiting: told.scansWaiting,
      clockOffset: offset,
      receivedAt: received,
      endedAt: told.isEnding ? received : nil
    )
    do {
      try await store.note(act(), report, of: device.id)
    } catch {
      logger.warning(
        "a device's report could not be written",
        metadata: ["device": "\(device.id)", "cause": "\(error)"]
      )
    }
  }
}
