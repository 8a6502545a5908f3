import LanyardDomain
import LanyardStore

extension BadgeStore {
  /// The badge of a serial; nil where the event has none.
  func existingBadge(_ serial: BadgeSerial, of event: String) async throws(StoreError) -> Badge? {
    do throws(StoreError) {
      return try await badge(serial, of: event)
    } catch .notFound {
      return nil
    } catch {
      throw error
    }
  }
}
