import { createAuditing } from '../audit';
import { MeshCatalog } from '../catalog/MeshCatalog';
import { MeshEvents } from '../events';
import { Looks } from '../looks';
import { NameAnchors } from '../names';
import { Notices } from '../notices/Notices';
import { OpenNotices } from '../notices/OpenNotices';
import { createRecipients } from '../notices/recipients';
import { Governance, ProductPowers, peopleOf } from '../people';
import { PermissionsTogether } from '../permissions';
import { PlaceStore, Places } from '../places';
import type { MeshEnvironment } from './MeshEnvironment';

/** What all other parts stand on. */
export function composeFoundation(env: MeshEnvironment) {
  const { services, settings, knex, provisioners, clock, timers } = env;
  const { auditor, auth, config, logger, signals } = services;
  const { trustedLocations } = settings;

  const looks = new Looks();
  const permissions = new PermissionsTogether(services.permissions, looks);
  const auditing = createAuditing({
    knex,
    auditor,
    logger,
    rootConfig: config,
    config: settings.audit,
    clock,
  });
  const anchors = new NameAnchors({ knex, trustedLocations, clock });
  const { standing } = anchors;
  const catalog = new MeshCatalog({
    catalog: services.catalogService,
    auth,
    looks,
    standing,
    readPrincipal: id => provisioners.readPrincipal(id),
  });
  const people = peopleOf({ catalog, config, standing });
  const governance = new Governance(
    settings.governanceRefs,
    settings.audit.auditorRefs,
  );
  const placeStore = new PlaceStore(knex);
  const places = new Places({
    store: placeStore,
    catalog,
    people,
    configured: settings.domains,
    trustedLocations,
  });
  return {
    knex,
    db: knex,
    clock,
    now: clock,
    timers,
    logger,
    auth,
    signals,
    looks,
    permissions,
    provisioners,
    rules: settings.rules,
    purposes: settings.rules.purposes,
    aliases: settings.aliases,
    trustedLocations,
    auditing,
    audit: auditing.log,
    anchors,
    catalog,
    people,
    governance,
    placeStore,
    places,
    powers: new ProductPowers({ governance, catalog }),
    events: new MeshEvents({ logger }),
    notices: new Notices({
      recipients: createRecipients({
        notifications: services.notifications,
        people,
        governance: governance.refs,
        logger,
      }),
      open: new OpenNotices({ knex, clock }),
    }),
  };
}

/** What all other parts stand on. */
export type Foundation = ReturnType<typeof composeFoundation>;
