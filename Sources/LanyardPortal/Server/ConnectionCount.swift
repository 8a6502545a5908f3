import NIOCore
import Synchronization

/// Counts the open connections, in all and from each address, so that nobody takes all of them.
final class ConnectionCount: Sendable {
  private struct State {
    var total = 0
    var byAddress: [String: Int] = [:]
  }

  private let total: Int
  private let perAddress: Int
  private let state = Mutex(State())

  init(total: Int, perAddress: Int) { (self.total, self.perAddress) = (total, perAddress) }

  /// Takes a connection up until it closes.
  ///
  /// - Returns: False where there are too many.
  func admits(_ channel: any Channel) -> Bool {
    let address = channel.remoteAddress?.ipAddress ?? ""
    let isAdmitted = state.withLock { state in
      guard state.total < total, state.byAddress[address, default: 0] < perAddress else { return false }
      state.total += 1
      state.byAddress[address, default: 0] += 1
      return true
    }
    if isAdmitted { channel.closeFuture.whenComplete { _ in self.release(address) } }
    return isAdmitted
  }

  private func release(_ address: String) {
    state.withLock { state in
      state.total -= 1
      let left = state.byAddress[address, default: 1] - 1
      state.byAddress[address] = left > 0 ? left : nil
    }
  }
}
