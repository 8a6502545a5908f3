extension Change {
  /// Somebody joined a session over the network.
  package static func joinedSession(_ id: String, by registration: String, of event: String) -> Change {
    Change(
      .sessionJoined,
      of: event,
      to: ResourceName.session(id, of: event),
      after: ["registration": .word(ResourceName.registration(registration, of: event).description)]
    )
  }

  /// Somebody who had joined a session over the network left it.
  ///
  /// - Parameter moment: When they were last heard of, where they said nothing.
  package static func leftSession(
    _ id: String,
    by registration: String,
    of event: String,
    at moment: Instant
  ) -> Change {
    Change(
      .sessionLeft,
      of: event,
      to: ResourceName.session(id, of: event),
      after: [
        "registration": .word(ResourceName.registration(registration, of: event).description),
        "left_at": .moment(moment),
      ]
    )
  }

  /// An event came with a programme.
  package static func created(_ event: Event) -> Change {
    Change(
      .eventCreated,
      of: event.slug,
      to: ResourceName.event(event.slug),
      after: EventFact.all(of: event)
    )
  }

  package static func updated(_ event: Event, from before: Event) -> Change {
    Change(
      .eventUpdated,
      of: event.slug,
      to: ResourceName.event(event.slug),
      from: EventFact.all(of: before),
      to: EventFact.all(of: event)
    )
  }

  package static func archived(_ event: String, _ isArchived: Bool) -> Change {
    Change(
      .eventArchived,
      of: event,
      to: ResourceName.event(event),
      before: ["is_archived": .flag(!isArchived)],
      after: ["is_archived": .flag(isArchived)]
    )
  }

  /// An event is no more; it is on record with the installation, which stays.
  package static func deleted(_ event: Event) -> Change {
    Change(.eventDeleted, of: nil, to: ResourceName.event(event.slug), before: EventFact.all(of: event))
  }

  package static func created(_ session: Session, of event: String) -> Change {
    Change(
      .sessionCreated,
      of: event,
      to: ResourceName.session(session.id, of: event),
      after: SessionFact.all(of: session)
    )
  }

  package static func updated(_ session: Session, from before: Session, of event: String) -> Change {
    Change(
      .sessionUpdated,
      of: event,
      to: ResourceName.session(session.id, of: event),
      from: SessionFact.all(of: before),
      to: SessionFact.all(of: session)
    )
  }

  /// The programme no longer has a session.
  package static func withdrawn(_ session: Session, of event: String) -> Change {
    Change(
      .sessionWithdrawn,
      of: event,
      to: ResourceName.session(session.id, of: event),
      before: SessionFact.all(of: session)
    )
  }

  /// The programme has a session again.
  package static func restored(_ session: Session, of event: String) -> Change {
    Change(
      .sessionRestored,
      of: event,
      to: ResourceName.session(session.id, of: event),
      after: SessionFact.all(of: session)
    )
  }

  /// - Parameter position: Its place among the checkpoints, from 0.
  package static func created(_ checkpoint: Checkpoint, position: Int, of event: String) -> Change {
    Change(
      .checkpointCreated,
      of: event,
      to: ResourceName.checkpoint(checkpoint.id, of: event),
      after: CheckpointFact.all(of: (checkpoint, position))
    )
  }

  package static func updated(
    _ checkpoint: Checkpoint,
    position: Int,
    from before: (checkpoint: Checkpoint, position: Int),
    of event: String
  ) -> Change {
    Change(
      .checkpointUpdated,
      of: event,
      to: ResourceName.checkpoint(checkpoint.id, of: event),
      from: CheckpointFact.all(of: before),
      to: CheckpointFact.all(of: (checkpoint, position))
    )
  }
}
