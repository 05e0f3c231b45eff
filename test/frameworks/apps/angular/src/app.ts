import { Component, signal } from '@angular/core';
import { Accounts } from './accounts';

@Component({
  selector: 'app-root',
  imports: [Accounts],
  template: `
    @if (route() === 'other') {
      <button id="to-home" (click)="route.set('home')">Accounts</button>
    } @else {
      <app-accounts [userId]="userId()" />
      <button id="switch-user" (click)="userId.set('user_bob')">Second user</button>
      <button id="to-other" (click)="route.set('other')">Other page</button>
    }
  `,
})
export class App {
  readonly userId = signal('user_ada');
  readonly route = signal('home');
}
