import { Component, CUSTOM_ELEMENTS_SCHEMA, computed, input } from '@angular/core';
import { connectionData, heard, messages, statuses, tokenFor } from './case';

// snippet
@Component({
  selector: 'app-accounts',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <connect-account
      id="github"
      [userId]="userId()"
      auth-config-id="ac_github"
      [allowMultiple]="false"
      [sessionToken]="sessionToken()"
      [messages]="messages"
      (account-connected)="heard($event)"
      (account-connect-cancel)="heard($event)"
    >
      <small slot="description">We read your repositories.</small>
    </connect-account>
    <connected-accounts-list
      id="list"
      [userId]="userId()"
      [sessionToken]="sessionToken()"
      [statuses]="statuses"
      [searchable]="false"
      [readonly]="false"
      (accounts-load-error)="heard($event)"
    />
    <connect-account
      id="zendesk"
      [userId]="userId()"
      auth-config-id="ac_zendesk"
      [sessionToken]="sessionToken()"
      [connectionData]="connectionData"
    >
      <b>Link the help desk</b>
    </connect-account>
  `,
})
export class Accounts {
  readonly userId = input.required<string>();
  readonly sessionToken = computed(() => tokenFor(this.userId()));
  readonly messages = messages;
  readonly connectionData = connectionData;
  readonly statuses = statuses;
  readonly heard = heard;
}
// snippet
