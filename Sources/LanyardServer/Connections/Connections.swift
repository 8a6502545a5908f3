import GRPCCore
import LanyardDomain
import LanyardMessages
import LanyardTexts
import NIOCore
import Synchronization

/// What a connection's TLS handshake has proven: the authority of devices issued this certificate, and the peer has its key.
struct DeviceCertificate: Sendable, Hashable {
  /// Its common name, the device's id.
  let name: String
  /// From when on it counts no more.
  let endsAt: Instant
}

/// The open connections and who is behind each. It keeps strangers, who have not shown a credential yet, apart from
/// callers: strangers never take the place of a caller, only that of other strangers.
final class Connections: Sendable {
  /// The most connections open at once.
  struct Limits: Sendable {
    /// Of strangers from one address, and of all strangers.
    var strangersPerAddress: Int
    var strangers: Int
    /// Of one token or device.
    var perCaller: Int
  }

  /// Number of a connection; none is used twice.
  typealias ID = UInt64

  /// Tells a connection's guard that its place is given to another stranger.
  struct Displaced: Sendable {}

  /// The metadata by which a call says on which connection it came. `CallGate` puts it after all that the client sent.
  static let metadataKey = "lanyard-connection"

  /// The most blocks of headers of more than `CallGate.headerLimit` that come in at once, each of up to
  /// `PeerConduct.headerLimit` bytes.
  static let headerRoomLimit = 64

  private struct Entry {
    let channel: any Channel
    let address: String
    var certificate: DeviceCertificate?
    /// Id of the token or device; nil for a stranger.
    var caller: String?
  }

  private struct State {
    var last: ID = 0
    var entries: [ID: Entry] = [:]
    /// Strangers by address, the oldest first.
    var strangers: [String: [ID]] = [:]
    var strangerCount = 0
    var callers: [String: Int] = [:]
    var headerRooms = 0

    mutating func addStranger(_ id: ID, at address: String) {
      strangers[address, default: []].append(id)
      strangerCount += 1
    }

    mutating func removeStranger(_ id: ID, at address: String) {
      guard let index = strangers[address]?.firstIndex(of: id) else { return }
      strangers[address]?.remove(at: index)
      if strangers[address]?.isEmpty == true { strangers[address] = nil }
      strangerCount -= 1
    }

    /// Takes the oldest stranger out where a limit is exceeded: of the newcomer's address, or of that which has most.
    mutating func displace(for address: String, _ limits: Limits) -> (any Channel)? {
      let crowded =
        if strangers[address, default: []].count > limits.strangersPerAddress {
          address
        } else if strangerCount > limits.strangers {
          strangers.max { $0.value.count < $1.value.count }?.key
        } else {
          String?.none
        }
      guard let crowded, let oldest = strangers[crowded]?.first else { return nil }
      removeStranger(oldest, at: crowded)
      return entries[oldest]?.channel
    }
  }

  private let limits: Limits
  private let clock: ServerClock
  private let state = Mutex(State())

  /// - Parameter clock: What the ends of certificates are compared with.
  init(_ limits: Limits, clock: ServerClock) {
    self.limits = limits
    self.clock = clock
  }

  /// Takes a connection up, as a stranger's; another stranger goes where there are too many.
  func accept(_ channel: any Channel) -> ID {
    let address = PeerAddress.of(channel.remoteAddress)
    let (id, displaced) = state.withLock { state in
      state.last += 1
      state.entries[state.last] = Entry(channel: channel, address: address)
      state.addStranger(state.last, at: address)
      return (state.last, state.displace(for: address, limits))
    }
    displaced?.pipeline.fireUserInboundEventTriggered(Displaced())
    channel.closeFuture.whenComplete { _ in self.remove(id) }
    return id
  }

  private func remove(_ id: ID) {
    state.withLock { state in
      guard let entry = state.entries.removeValue(forKey: id) else { return }
      guard let caller = entry.caller else { return state.removeStranger(id, at: entry.address) }
      state.callers[caller, default: 1] -= 1
      if state.callers[caller] == 0 { state.callers[caller] = nil }
    }
  }

  /// Notes what the handshake has proven: a device with a certificate in time is no stranger.
  func certify(_ id: ID, _ certificate: DeviceCertificate) {
    state.withLock { $0.entries[id]?.certificate = certificate }
    if hasEnded(certificate) { return }
    _ = isAdmitted(id, certificate.name)
  }

  /// Notes whom a call on the connection came from.
  ///
  /// - Throws: `RPCError` RESOURCE_EXHAUSTED where the caller has too many connections.
  func admit(_ metadata: Metadata, _ caller: String) throws(RPCError) {
    guard let id = Self.id(metadata), !isAdmitted(id, caller) else { return }
    throw .make(
      .tooManyConnections,
      Sentence(.errorTooManyConnections, ["limit": .count(limits.perCaller)])
    )
  }

  private func isAdmitted(_ id: ID, _ caller: String) -> Bool {
    state.withLock { state in
      guard let entry = state.entries[id], entry.caller == nil else { return true }
      guard state.callers[caller, default: 0] < limits.perCaller else { return false }
      state.callers[caller, default: 0] += 1
      state.entries[id]?.caller = caller
      state.removeStranger(id, at: entry.address)
      return true
    }
  }

  /// Whether it is not known who is behind the connection.
  func isStranger(_ id: ID) -> Bool { state.withLock { $0.entries[id]?.caller == nil } }

  /// The name in the certificate of the connection that a call came on; nil where there was none.
  ///
  /// - Throws: `RPCError` UNAUTHENTICATED where the certificate has run out since: TLS does not look at it again where a
  ///   session is resumed.
  func certifiedName(_ metadata: Metadata) throws(RPCError) -> String? {
    guard let id = Self.id(metadata), let certificate = state.withLock({ $0.entries[id]?.certificate }) else {
      return nil
    }
    guard !hasEnded(certificate) else {
      throw .make(
        .deviceCertificateExpired,
        .errorCertificateExpired
      )
    }
    return certificate.name
  }

  /// Whether a certificate has run out.
  func hasEnded(_ certificate: DeviceCertificate) -> Bool { certificate.endsAt <= clock.now }

  /// Takes room for a large block of headers that comes in; false where there is none.
  func takeHeaderRoom() -> Bool {
    state.withLock { state in
      guard state.headerRooms < Self.headerRoomLimit else { return false }
      state.headerRooms += 1
      return true
    }
  }

  /// Gives the room back.
  func returnHeaderRoom() { state.withLock { $0.headerRooms -= 1 } }

  private static func id(_ metadata: Metadata) -> ID? {
    // The last is the gate's own; a client may have sent others.
    var last: String?
    for value in metadata[stringValues: metadataKey] { last = value }
    return last.flatMap { ID($0) }
  }
}
